/** What is known of a design system: which of its variables set our tokens. */
import type { ValueKey } from '../theme.js';

/** The expressions that may set a token, best first: the first one whose variables are all declared does. */
export type TokenSources = { readonly [Key in ValueKey]?: readonly string[] };

export interface System {
  readonly name: string;
  /** Whether a stylesheet is of this system. */
  isIn(names: ReadonlySet<string>, text: string): boolean;
  /** @param names the variables of the pasted stylesheet. */
  sources(names: ReadonlySet<string>): TokenSources;
  /** The variables as the system publishes them: for a theme without a stylesheet. */
  readonly css: string;
  /** The variables come with the system's own stylesheet, so those that were not pasted exist, too. */
  readonly isComplete: boolean;
  /** The system has a dark accent of its own, or wants the same one in both schemes. */
  readonly hasDarkAccent: boolean;
}
