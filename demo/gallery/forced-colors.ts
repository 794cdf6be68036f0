/**
 * What forced colours make of the widget, for a browser whose user has not asked for them: an imitation by system colours,
 * as no page can switch the real thing on. Whoever has it switched on sees that.
 */
const SHEET = new CSSStyleSheet();
// An id that nothing has weighs more than all that the widget's own sheets say.
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

/** To be called anew after the widget has changed its sheets. */
export function forceColors(root: ShadowRoot): void {
  root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((sheet) => sheet !== SHEET), SHEET];
}
