/** Keeps the page from scrolling behind an open dialog. A sheet of its own does it: no style of the page is touched. */

const open = new Set<HTMLDialogElement>();
let sheet: CSSStyleSheet | undefined;

/** To be called after `dialog` has opened or closed, and after its host has left the page. May be called again and again. */
export function holdPage(dialog: HTMLDialogElement): void {
  // One in the document of a frame leaves this page alone.
  if (dialog.ownerDocument === document && dialog.matches(':modal')) open.add(dialog);
  else open.delete(dialog);
  if (open.size > 0) lock((sheet ??= new CSSStyleSheet()));
  else if (sheet?.cssRules.length) unlock(sheet);
}

/** Emptied as well, because the page may have kept a list of its sheets. */
function unlock(adopted: CSSStyleSheet): void {
  adopted.replaceSync('');
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== adopted);
}

/** The page may have replaced its sheets since the last time. */
function lock(adopted: CSSStyleSheet): void {
  const { documentElement, adoptedStyleSheets } = document;
  const isAdopted = adoptedStyleSheets.includes(adopted);
  if (isAdopted && adopted.cssRules.length > 0) return;
  // The window scrolls as the root says, or as the body says while the root says nothing. Said of the root, the body would become
  // a scroller, and what is sticky would stick to it: https://drafts.csswg.org/css-overflow/#overflow-propagation
  const scroller = getComputedStyle(documentElement).overflow === 'visible' ? 'body' : ':root';
  // The room of the scrollbar stays, so that nothing moves. Safari before 18.2 does not know it; most of its scrollbars take none.
  const gutter = innerWidth > documentElement.clientWidth ? ':where(:root) { scrollbar-gutter: stable }' : '';
  adopted.replaceSync(`${scroller} { overflow: hidden !important } ${gutter}`);
  if (!isAdopted) adoptedStyleSheets.push(adopted);
}
