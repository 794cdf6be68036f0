/** Runs in each test page: a test leaves nothing behind, and never leaves the page. */
import { afterEach, beforeEach, vi } from 'vitest';
import type { OfferCheckoutEvent } from '../../widget/flow/acceptance/events.js';

// At the window, so that a test finds an event as the widget and the page have left it.
addEventListener('offer-redirect', (event) => event.preventDefault());
addEventListener('offer-checkout', stayOnPage);

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  // Vitest scales the tests' frame, at our size by 1. In Firefox, Playwright considers a transformed frame hidden.
  const box = window.frameElement?.parentElement;
  if (box) box.style.transform = 'none';
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  // This import loads Lit, and some tests check that the flow works on a page without it.
  if (!('litHtmlVersions' in globalThis)) return;
  const { fixtureCleanup } = await import('@open-wc/testing/pure');
  fixtureCleanup();
});

/** Chargebee.js opens a checkout over the page. Any other checkout is a page of its own. */
function stayOnPage(event: OfferCheckoutEvent): void {
  if (event.layout === 'full_page' || !('Chargebee' in window)) event.preventDefault();
}
