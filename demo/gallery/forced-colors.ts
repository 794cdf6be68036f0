/**
 * Imitates forced colours with system colours, because a page cannot switch the real ones on. Where the user has
 * switched them on, the browser's own apply.
 */
const SHEET = new CSSStyleSheet();
// `:not(#_)` matches everything, and the id outweighs every selector in the widget's own sheets.
SHEET.replaceSync(`
  @media (forced-colors: none) {
    :not(#_) {
      border-color: CanvasText;
      background-color: Canvas;
      color: CanvasText;
      box-shadow: none;
      text-shadow: none;
      opacity: 1;
    }

    button:not(#_):not(#_) {
      border-color: ButtonBorder;
      background-color: ButtonFace;
      color: ButtonText;
    }

    button[aria-disabled]:not(#_):not(#_) {
      border-color: GrayText;
      color: GrayText;
    }

    a:not(#_):not(#_) {
      border-color: LinkText;
      color: LinkText;
    }

    svg:not(#_), svg :not(#_) {
      background-color: transparent;
    }
  }
`);

/** Call it again after the widget has changed its sheets. */
export function forceColors(root: ShadowRoot): void {
  root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((sheet) => sheet !== SHEET), SHEET];
}
