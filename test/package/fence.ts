/**
 * The code fences of a Markdown file. Words after the language, which readers do not see, say how to test a fence:
 *
 * - `ts`, `tsx`: type-checked. `ts run`: also run, beside a proxy. `ts run accepted`: run after the customer has accepted an
 *   offer that the app fulfills. `ts token`: run, and its variable `token` becomes the pages' token. `js`: only run.
 *   `ts vitest`: run by Vitest, in each DOM that it has for Node.
 *   `ts playwright`: run by Playwright, against an app with a gated report.
 * - `html page`: opened in a browser, where it shows an offer.
 * - `sh`: its commands exist. `sh run`: also run.
 * - `recipe`: the token in a language; `test/proxy/identity/token-recipes.test.ts` runs it.
 * - `host=express-5/server.ts`: stands in this file of `test/hosts`, which `npm run test:hosts` builds and runs.
 * - `unchecked`: not tested here, because no test can, or because it needs packages and files that only its host has. A fence
 *   without a language is a drawing.
 *
 * A comment `<!-- given ... -->` right above a fence names what the reader's code already has.
 */
export interface Fence {
  /** The document that has it. */
  readonly path: string;
  /** The line number of its first line of code. */
  readonly line: number;
  readonly language: string;
  readonly words: readonly string[];
  readonly given: string;
  readonly code: string;
}

const FENCE = /(?:^<!-- given\n([^]*?)\n-->\n+)?^```([^\n]*)\n([^]*?)^```$/gm;

export function fencesOf(markdown: string, path: string): Fence[] {
  return [...markdown.matchAll(FENCE)].map((match) => {
    const [whole, given = '', info = '', code = ''] = match;
    const codeAt = match.index + whole.length - '```'.length - code.length;
    const [language = '', ...words] = info.trim().split(/\s+/);
    return { path, line: markdown.slice(0, codeAt).split('\n').length, language, words, given, code };
  });
}
