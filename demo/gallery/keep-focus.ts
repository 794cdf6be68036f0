/** Keeps a dialog that opens in this frame from taking the focus from the parent page, where somebody may be typing. */
export function keepFocus(): void {
  const { frameElement } = window;
  const parentDocument = frameElement?.ownerDocument;
  const parentWindow = parentDocument?.defaultView;
  if (!parentWindow) return;
  const { showModal } = HTMLDialogElement.prototype;

  HTMLDialogElement.prototype.showModal = function showModalQuietly() {
    const focused = parentDocument.activeElement;
    showModal.call(this);
    if (focused === frameElement) return;
    if (frameElement instanceof parentWindow.HTMLElement) frameElement.blur();
    if (focused instanceof parentWindow.HTMLElement) focused.focus({ preventScroll: true });
  };
}
