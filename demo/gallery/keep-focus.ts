/** A dialog takes the focus when it opens. In a frame it would take it from the page around, where somebody may be typing. */
export function keepFocus(): void {
  const { frameElement } = window;
  const around = frameElement?.ownerDocument;
  const realm = around?.defaultView;
  if (!realm) return;
  const { showModal } = HTMLDialogElement.prototype;

  HTMLDialogElement.prototype.showModal = function showModalQuietly() {
    const focused = around.activeElement;
    showModal.call(this);
    if (focused === frameElement) return;
    if (frameElement instanceof realm.HTMLElement) frameElement.blur();
    if (focused instanceof realm.HTMLElement) focused.focus({ preventScroll: true });
  };
}
