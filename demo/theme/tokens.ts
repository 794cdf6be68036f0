/** The tokens and their defaults, read from the widget's own stylesheet. */
import sheet from '../../widget/view/styles/tokens.css?raw';
import { CONTROLS, type TokenName } from './token-controls.js';

export interface Token {
  /** Without the common prefix. */
  readonly name: TokenName;
  /** The default, as CSS text. */
  readonly initial: string;
}

export const PREFIX = '--upgrade-offer-';

/** In the order of the stylesheet. */
export const TOKENS: readonly Token[] = readTokens(sheet);

export function initialOf(name: TokenName): string {
  return TOKENS.find((token) => token.name === name)?.initial ?? '';
}

export function isTokenName(name: string): name is TokenName {
  return Object.hasOwn(CONTROLS, name);
}

/** @throws when the stylesheet has a token that the editor has no control for. */
function readTokens(css: string): Token[] {
  return [...css.matchAll(/--upgrade-offer-([\w-]+):\s*([^;]+);/g)].map(([, name = '', initial = '']) => {
    if (!isTokenName(name)) {
      throw new Error(
        `Failed to read the token ${PREFIX}${name}: it has no control. Add one in demo/theme/token-controls.ts.`,
      );
    }
    return { name, initial: initial.replace(/\s+/g, ' ').trim() };
  });
}
