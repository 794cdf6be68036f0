import { fixtureCleanup } from '@open-wc/testing/pure';
import { afterEach, beforeEach } from 'vitest';

beforeEach(() => {
  // Vitest scales the frame of the tests, by 1 at our size; Playwright in Firefox takes a transformed frame for hidden.
  const box = window.frameElement?.parentElement;
  if (box) box.style.transform = 'none';
});
afterEach(fixtureCleanup);
