/** All that the page shows, and how it stands in the page's address, so that a link shows a colleague the same. */
import { STAGES, type PreviewStage } from '../preview/preview.js';
import type { Scheme } from './color-pair.js';
import { SNIPPET_NAMES, type SnippetName } from './snippets.js';
import { THEME_KEYS, withValue, type Theme } from './theme.js';

export interface ThemeState {
  readonly theme: Theme;
  readonly scheme: Scheme;
  readonly stage: PreviewStage;
  readonly code: SnippetName;
  /** Another design system's variables, before they are adopted. */
  readonly pasted: string;
}

const INITIAL: ThemeState = { theme: {}, scheme: 'light', stage: 'offered', code: 'CSS', pasted: '' };

export function readThemeState(params: URLSearchParams): ThemeState {
  const [stage] = STAGES.find(([name]) => name === params.get('stage')) ?? [INITIAL.stage];
  const code = SNIPPET_NAMES.find((name) => name.toLowerCase() === params.get('code'));
  return {
    theme: THEME_KEYS.reduce((theme, key) => withValue(theme, key, safe(params.get(key) ?? '')), INITIAL.theme),
    scheme: params.get('scheme') === 'dark' ? 'dark' : INITIAL.scheme,
    stage,
    code: code ?? INITIAL.code,
    pasted: params.get('pasted') ?? INITIAL.pasted,
  };
}

export function writeThemeState({ theme, scheme, stage, code, pasted }: ThemeState): URLSearchParams {
  const params = new URLSearchParams(Object.entries(theme));
  if (scheme !== INITIAL.scheme) params.set('scheme', scheme);
  if (stage !== INITIAL.stage) params.set('stage', stage);
  if (code !== INITIAL.code) params.set('code', code.toLowerCase());
  if (pasted !== INITIAL.pasted) params.set('pasted', pasted);
  return params;
}

/** One value of a declaration: an address must not bring a rule of its own. */
function safe(value: string): string {
  return /[;{}<>\\]/.test(value) ? '' : value;
}
