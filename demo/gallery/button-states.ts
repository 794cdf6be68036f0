/**
 * Shows every button and link as if the pointer or the focus were on it. A page cannot set `:hover` and the like, so the
 * rules that wait for them are made to apply to all that can have them: the look is that of the widget's own sheets.
 */
export const BUTTON_STATES = ['rest', 'hover', 'focus', 'pressed'] as const;

export type ButtonState = (typeof BUTTON_STATES)[number];

const POINTED = ':where(a, button, input, label, summary)';
const FOCUSED = ':where(a, button, input, select, summary)';

/** Who pressed a button also points at it. */
const FORCED: Record<ButtonState, Readonly<Record<string, string>>> = {
  rest: {},
  hover: { hover: POINTED },
  focus: { 'focus-visible': FOCUSED, focus: FOCUSED },
  pressed: { hover: POINTED, active: POINTED },
};

/** A class that nothing has: it matches all, and weighs as much as the pseudo-class that it replaces. */
const ANY = ':not(._)';

/** Call it again after the widget has changed its sheets. */
export function forceButtons({ adoptedStyleSheets }: ShadowRoot, state: ButtonState): void {
  for (const { cssRules } of adoptedStyleSheets) forceIn(cssRules, FORCED[state]);
}

function forceIn(rules: CSSRuleList, forced: Readonly<Record<string, string>>): void {
  for (const rule of rules) {
    if (rule instanceof CSSStyleRule) {
      for (const [pseudo, those] of Object.entries(forced)) {
        rule.selectorText = rule.selectorText.replaceAll(new RegExp(`:${pseudo}(?![-\\w])`, 'g'), those + ANY);
      }
    }
    // On a touch screen, too: the gallery shows what a mouse would.
    if (rule instanceof CSSMediaRule && forced['hover']) {
      rule.media.mediaText = rule.conditionText.replace(/\((any-)?hover: hover\)/, '(min-width: 0)');
    }
    if ('cssRules' in rule && rule.cssRules instanceof CSSRuleList) forceIn(rule.cssRules, forced);
  }
}
