import { fixtureCleanup } from '@open-wc/testing/pure';
import { afterEach, beforeEach } from 'vitest';

beforeEach(() => {
  // Vitest scales the tests' frame, at our size by 1. In Firefox, Playwright considers a transformed frame hidden.
  const box = window.frameElement?.parentElement;
  if (box) box.style.transform = 'none';
});
afterEach(fixtureCleanup);
