/**
 * Imitates `prefers-reduced-motion`. A page cannot set a media feature, but it can disable the rules of a shadow root
 * that apply only without that preference.
 */
export function reduceMotion({ adoptedStyleSheets }: ShadowRoot): void {
  for (const { cssRules } of adoptedStyleSheets) {
    for (const rule of cssRules) {
      if (rule instanceof CSSMediaRule && rule.conditionText.includes('prefers-reduced-motion: no-preference')) {
        rule.media.mediaText = 'not all';
      }
    }
  }
}
