/**
 * What `prefers-reduced-motion` does, for a browser whose user has not asked for it: a page cannot set a media feature, but it
 * can take the rules that ask for motion out of the sheets of a shadow root.
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
