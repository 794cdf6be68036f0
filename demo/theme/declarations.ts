/** The custom properties of a pasted stylesheet, for light and for dark mode, read by the browser's own parser. */

export interface Declarations {
  readonly light: ReadonlyMap<string, string>;
  readonly dark: ReadonlyMap<string, string>;
}

/** How stylesheets select dark mode: with a class, an attribute or a media query. */
const DARK_SELECTOR = /(?<!not\()(\.dark\b|[-\w]*\[(data-[\w-]*(theme|mode|scheme)|class)[~|^$*]?=["']?\w*dark\b)/i;
const DARK_MEDIA = /prefers-color-scheme:\s*dark/i;

export function readDeclarations(text: string): Declarations {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(complete(text));
  const light = new Map<string, string>();
  const dark = new Map<string, string>();
  collect(sheet.cssRules, false);
  return { light: resolved(light), dark: resolved(dark, light) };

  function collect(rules: CSSRuleList, isDark: boolean): void {
    for (const rule of rules) {
      const isDarker = isDark || isForDark(rule);
      if ('style' in rule && rule.style instanceof CSSStyleDeclaration) keep(rule.style, isDarker ? dark : light);
      if ('cssRules' in rule && rule.cssRules instanceof CSSRuleList) collect(rule.cssRules, isDarker);
    }
  }
}

/** People often copy lines without a selector. `@theme` is Tailwind's, and browsers do not know it. */
function complete(text: string): string {
  const known = text.replace(/@theme\b[^{;]*\{/g, ':root {');
  return known.includes('{') ? known : `:root { ${known} }`;
}

function isForDark(rule: CSSRule): boolean {
  if (rule instanceof CSSStyleRule) return DARK_SELECTOR.test(rule.selectorText);
  return rule instanceof CSSMediaRule && DARK_MEDIA.test(rule.conditionText);
}

function keep(style: CSSStyleDeclaration, into: Map<string, string>): void {
  for (const name of style) {
    if (name.startsWith('--')) into.set(name, style.getPropertyValue(name).trim());
  }
}

/** Replaces `var(--other)` by the other property's value. */
function resolved(own: Map<string, string>, base = own): Map<string, string> {
  const look = (name: string) => own.get(name) ?? base.get(name);
  return new Map([...own].map(([name, value]) => [name, follow(value, look)]));
}

const REFERENCE = /var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)/;

/** The depth is limited, because two properties can refer to each other. */
function follow(value: string, look: (name: string) => string | undefined, depth = 0): string {
  if (depth > 8) return value;
  const reference = REFERENCE.exec(value);
  if (!reference) return value;
  const [whole, name = '', otherwise] = reference;
  const found = look(name) ?? otherwise;
  return found === undefined
    ? value
    : follow(
        value.replace(whole, () => found.trim()),
        look,
        depth + 1,
      );
}
