/** The custom properties of a pasted stylesheet, for light and for dark mode, read by the browser's own parser. */
import { listed } from './brackets.js';
import { readColorPair, type Scheme } from './color-pair.js';
import { mapReferences } from './references.js';

export interface Declarations {
  /** As they are written, with their references to each other. */
  readonly light: ReadonlyMap<string, string>;
  readonly dark: ReadonlyMap<string, string>;
  /** What selects dark mode, where that is a class or an attribute: `.dark`. */
  readonly darkSelectors: readonly string[];
  /** Whether dark mode follows the operating system. */
  readonly darkBySystem: boolean;
  /** The variables of `@theme inline`: Tailwind writes their values in their place and may leave them out. */
  readonly inlined: ReadonlySet<string>;
}

/** How stylesheets select dark mode: with a class, an attribute or a media query. */
const DARK_SELECTOR = /(?<!not\()(\.dark\b|[-\w]*\[(data-[\w-]*(theme|mode|scheme)|class)[~|^$*]?=["']?\w*dark\b)/i;
const DARK_MEDIA = /prefers-color-scheme:\s*dark/i;

/** Where an app declares its theme, in contrast to the variables of one component. */
const THEME_SCOPE = /^(:root|html|body|:host|\*)|theme|\.(dark|light)\b|\[data-[\w-]*(mode|scheme|radius|scaling)\b/i;

const INLINED = ':root:not(theme-inline)';

export function readDeclarations(text: string): Declarations {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(complete(text));
  const ofTheme = collected(sheet, (selector) => THEME_SCOPE.test(lastCompound(selector)));
  const found = ofTheme.light.size + ofTheme.dark.size > 0 ? ofTheme : collected(sheet, () => true);
  const selectors = [...new Set([...found.darkSelectors, ...customVariant(text)])];
  // `.navbar[data-theme=dark]` says nothing more than `[data-theme=dark]`.
  const widest = selectors.filter((one) => !selectors.some((other) => other !== one && says(one, other)));
  return { ...found, darkSelectors: widest };
}

/** The value of an expression in one colour scheme, without references; undefined when a variable is not declared. */
export function resolve(css: string, declarations: Declarations, scheme: Scheme): string | undefined {
  let isComplete = true;
  const value = follow(css, 0);
  return isComplete ? value : undefined;

  // The depth is limited, because two properties can refer to each other.
  function follow(text: string, depth: number): string {
    return mapReferences(text, (name, fallback) => {
      const raw = depth > 8 ? undefined : rawValue(name, declarations, scheme);
      if (raw !== undefined) return readColorPair(follow(raw, depth + 1))[scheme];
      if (fallback === undefined) isComplete = false;
      return fallback ?? '';
    });
  }
}

/** A variable that only one scheme sets has that value in both. */
export function rawValue(name: string, { light, dark }: Declarations, scheme: Scheme): string | undefined {
  return scheme === 'dark' ? (dark.get(name) ?? light.get(name)) : (light.get(name) ?? dark.get(name));
}

/** A later stylesheet goes before an earlier one. */
export function layered(below: Declarations, above: Declarations): Declarations {
  const hasOwnDark = above.dark.size > 0 || above.darkSelectors.length > 0;
  const { darkSelectors, darkBySystem } = hasOwnDark ? above : below;
  return {
    light: new Map([...below.light, ...above.light]),
    dark: new Map([...below.dark, ...above.dark]),
    darkSelectors,
    darkBySystem,
    inlined: above.inlined,
  };
}

function collected(sheet: CSSStyleSheet, isWanted: (selector: string) => boolean): Declarations {
  const light = new Map<string, string>();
  const dark = new Map<string, string>();
  const darkSelectors = new Set<string>();
  const inlined = new Set<string>();
  let darkBySystem = false;
  collect(sheet.cssRules, light);
  return { light, dark, darkSelectors: [...darkSelectors], darkBySystem, inlined };

  function collect(rules: CSSRuleList, into: Map<string, string>): void {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule) collectFrom(rule, isForDark(rule) ? dark : into);
      else if (rule instanceof CSSMediaRule) collectMedia(rule);
      else if ('cssRules' in rule && rule.cssRules instanceof CSSRuleList) collect(rule.cssRules, into);
    }
  }

  /** Other media, such as print and wide gamuts, are exceptions to what the theme says. */
  function collectMedia(rule: CSSMediaRule): void {
    if (!DARK_MEDIA.test(rule.conditionText)) return;
    const before = dark.size;
    collect(rule.cssRules, dark);
    darkBySystem ||= dark.size > before;
  }

  function collectFrom(rule: CSSStyleRule, into: Map<string, string>): void {
    const wanted = listed(rule.selectorText).filter(isWanted);
    const names = wanted.length > 0 ? [...rule.style].filter((name) => name.startsWith('--')) : [];
    for (const name of names) {
      into.set(name, rule.style.getPropertyValue(name).trim());
      if (rule.selectorText === INLINED) inlined.add(name);
    }
    if (names.length > 0) for (const selector of wanted.flatMap(darkCompound)) darkSelectors.add(selector);
    collect(rule.cssRules, into);
  }
}

function says(selector: string, other: string): boolean {
  const place = selector.indexOf(other);
  return place >= 0 && !/^[\w-]/.test(selector.slice(place + other.length));
}

/** People often copy lines without a selector. `@theme` is Tailwind's, and browsers do not know it. */
function complete(text: string): string {
  const known = text
    .replace(/@theme\b[^{;]*\binline\b[^{;]*\{/g, `${INLINED} {`)
    .replace(/@theme\b[^{;]*\{/g, ':root {');
  return known.includes('{') ? known : `:root { ${known} }`;
}

/** Tailwind's own way to select dark mode: `@custom-variant dark (&:is(.dark *))`. */
function customVariant(text: string): string[] {
  const selector = /@custom-variant\s+dark\s*\(([^;{]*)/.exec(text)?.[1] ?? '';
  const found = /\.dark\b|\[data-[\w-]+=["']?dark["']?\]/.exec(selector);
  return found ? [found[0]] : [];
}

function isForDark(rule: CSSRule): boolean {
  return rule instanceof CSSStyleRule && DARK_SELECTOR.test(rule.selectorText);
}

/** `.dark .page` is selected by `.dark`. */
function darkCompound(selector: string): string[] {
  const found = compounds(selector).find((compound) => DARK_SELECTOR.test(compound));
  return found ? [found] : [];
}

function lastCompound(selector: string): string {
  return compounds(selector).at(-1) ?? '';
}

/** Splits at the combinators, which no bracket encloses. */
function compounds(selector: string): string[] {
  return selector.split(/\s*[>+~]\s*(?![^([]*[)\]])|\s+(?![^([]*[)\]])/);
}
