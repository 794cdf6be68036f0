/** Tells the other elements and tabs of this browser that an offer was fulfilled. */
import { openChannel } from '../offer/other-tabs.js';

/** The element that tells hears it, too, and ignores it: its offer is no longer open. */
export function tellOtherTabs(): void {
  const channel = openChannel();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel never leaves its origin.
  channel?.postMessage('fulfilled');
  channel?.close();
}
