/** The tokens as the widget's own sheet declares them: names, defaults and what each is for. Nothing is typed again here. */
import sheet from '../../widget/view/styles/tokens.css?raw';
import { CONTROLS, type TokenName } from './controls.js';

export interface Token {
  /** Without the prefix that all share. */
  readonly name: TokenName;
  /** CSS, as the sheet has it. */
  readonly initial: string;
}

export const PREFIX = '--upgrade-offer-';

/** In the order of the sheet. */
export const TOKENS: readonly Token[] = readTokens(sheet);

export function initialOf(name: TokenName): string {
  return TOKENS.find((token) => token.name === name)?.initial ?? '';
}

export function isTokenName(name: string): name is TokenName {
  return Object.hasOwn(CONTROLS, name);
}

/** @throws when the sheet has a token that the editor has no control for. */
function readTokens(css: string): Token[] {
  return [...css.matchAll(/--upgrade-offer-([\w-]+):\s*([^;]+);/g)].map(([, name = '', initial = '']) => {
    if (!isTokenName(name)) {
      throw new Error(
        `Failed to read the token ${PREFIX}${name}: it has no control. Add one in demo/theme/controls.ts.`,
      );
    }
    return { name, initial: initial.replace(/\s+/g, ' ').trim() };
  });
}
