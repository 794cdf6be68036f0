/** `upgrade-offer doctor --feature`: whether the site has the features that a page names. */
import type { Check } from './check.js';

/** A typing mistake or two. */
const CLOSE_EDITS = 3;

export function examineFeatures(asked: readonly string[], existing: readonly string[]): Check[] {
  return asked.map((id) => {
    const check = `Feature ${id}`;
    if (existing.includes(id)) return { check, result: 'ok', says: 'exists' };
    const close = existing.filter((each) => isClose(id, each));
    const rest = close.length > 0 ? ` Close to it: ${close.join(', ')}.` : '';
    return { check, result: 'wrong', says: `The site has no feature with this id.${rest}` };
  });
}

function isClose(one: string, other: string): boolean {
  const [a, b] = [bare(one), bare(other)];
  return (a.length > 3 && (a.includes(b) || b.includes(a))) || edits(a, b) <= Math.min(CLOSE_EDITS, a.length / 3);
}

/** `advanced_analytics` and `Advanced-Analytics` are the same name. */
function bare(id: string): string {
  return id.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** The edit distance of Levenshtein, row by row. */
function edits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [column, each] of [...other].entries()) {
      const replaced = (row[column] ?? 0) + (letter === each ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
