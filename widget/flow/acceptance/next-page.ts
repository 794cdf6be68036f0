/** Goes to the page that an acceptance leads to. */

/** A payment page refuses to be shown in a frame, so it opens in the top window. A page of the app itself stays in the app's frame. */
export function goTo(url: string): void {
  const isOwn = new URL(url).origin === location.origin;
  try {
    (isOwn ? window : (window.top ?? window)).location.href = url;
  } catch (error) {
    // A sandboxed frame may not take the window along. Within a click it may, and the notice has a link.
    console.warn('<upgrade-offer> Failed to leave the frame of the page. The customer is shown a link.', error);
  }
}
