/**
 * The code of a Markdown file. What is done with a fence stands behind its language, where a reader does not see it:
 *
 * - `ts`: type-checked. `ts run`: run, too, beside a proxy; `ts run accepted`: when the customer has accepted what the app
 *   fulfills. `ts token`: run, and what it leaves in `token` is the token of the pages. `js` only runs.
 * - `html page`: opened in a browser, where it shows an offer.
 * - `sh`: its commands exist. `sh run`: run, too.
 * - `unchecked`: what no test can prove. A fence without a language is a drawing.
 *
 * A comment `<!-- given ... -->` right above a fence says what the reader's code has already.
 */
export interface Fence {
  /** Of its first line of code. */
  readonly line: number;
  readonly language: string;
  readonly words: readonly string[];
  readonly given: string;
  readonly code: string;
}

const FENCE = /(?:^<!-- given\n([^]*?)\n-->\n+)?^```([^\n]*)\n([^]*?)^```$/gm;

export function fencesOf(markdown: string): Fence[] {
  return [...markdown.matchAll(FENCE)].map((match) => {
    const [whole, given = '', info = '', code = ''] = match;
    const codeAt = match.index + whole.length - '```'.length - code.length;
    const [language = '', ...words] = info.trim().split(/\s+/);
    return { line: markdown.slice(0, codeAt).split('\n').length, language, words, given, code };
  });
}
