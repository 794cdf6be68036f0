/**
 * The widget's style sheets, which all elements of a page share. The build gives this to Lit in place of its own `css-tag`, which
 * also writes sheets out for browsers without shared ones. None of those runs the widget.
 */

/** Made when it is first worn: a server has no style sheets, and few pages wear all of these. */
export type LazySheet = () => CSSStyleSheet;

export function lazySheet(css: string): LazySheet {
  let sheet: CSSStyleSheet | undefined;
  return () => {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
    }
    return sheet;
  };
}

/** Puts on `sheets`, and those of `made` over them, in place of all others. */
export function wear(
  root: DocumentOrShadowRoot,
  sheets: readonly LazySheet[],
  made: readonly CSSStyleSheet[] = [],
): void {
  adoptStyles(root, [...sheets.map((sheet) => sheet()), ...made]);
}

/** For Lit, too. */
export function adoptStyles(root: DocumentOrShadowRoot, sheets: readonly CSSStyleSheet[]): void {
  root.adoptedStyleSheets = [...sheets];
}

/** For Lit, which asks it for each sheet of a class. */
export function getCompatibleStyle(sheet: CSSStyleSheet): CSSStyleSheet {
  return sheet;
}
