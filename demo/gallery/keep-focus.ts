/** Keeps what happens in this frame from taking the focus from the parent page, where somebody may be typing. */

/** A dialog that opens later in this frame leaves the focus where it is. */
export function keepFocus(): void {
  const { showModal } = HTMLDialogElement.prototype;
  if (!window.frameElement) return;
  HTMLDialogElement.prototype.showModal = function showModalQuietly() {
    const giveBack = rememberFocus();
    showModal.call(this);
    giveBack();
  };
}

/** @returns gives the focus back to what has it now, unless that is this frame. */
export function rememberFocus(): () => void {
  const { frameElement } = window;
  const parentDocument = frameElement?.ownerDocument;
  const parentWindow = parentDocument?.defaultView;
  const focused = parentDocument?.activeElement;
  return function giveBack() {
    if (!parentWindow || focused === frameElement) return;
    if (frameElement instanceof parentWindow.HTMLElement) frameElement.blur();
    if (focused instanceof parentWindow.HTMLElement) focused.focus({ preventScroll: true });
  };
}
