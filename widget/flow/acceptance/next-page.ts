/** Goes to the page that an acceptance leads to. */

/** A payment page refuses to be shown in a frame, so it opens in the top window. A page of the app itself stays in the app's frame. */
export function goTo(url: string): void {
  const isOwn = new URL(url).origin === location.origin;
  try {
    (isOwn ? window : (window.top ?? window)).location.href = url;
  } catch {
    // A frame may need a click for that. The notice has a link, and the browser says in the console what it has refused.
  }
}
