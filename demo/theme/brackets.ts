/** CSS text outside of its brackets. */

/** The place of the first comma that is in no brackets, or -1. */
export function outerComma(css: string): number {
  return outer(css, ',');
}

/** The parts between the commas that are in no brackets: `:is(.a, .b), .c` has two. */
export function listed(css: string): string[] {
  const comma = outerComma(css);
  return comma < 0 ? [css.trim()] : [css.slice(0, comma).trim(), ...listed(css.slice(comma + 1))];
}

/** The words between the spaces that are in no brackets: `0 1px rgb(0 0 0)` has three. */
export function spaced(css: string): string[] {
  const space = outer(css, ' ');
  return space < 0
    ? css === ''
      ? []
      : [css]
    : [...spaced(css.slice(0, space)), ...spaced(css.slice(space + 1).trim())];
}

/** The place of the bracket that closes the one before `from`, or the end of the text. */
export function closing(css: string, from: number): number {
  const place = outer(css.slice(from), ')');
  return place < 0 ? css.length : from + place;
}

function outer(css: string, sought: string): number {
  let depth = 0;
  for (let place = 0; place < css.length; place++) {
    const letter = css[place];
    if (letter === sought && depth === 0) return place;
    if (letter === '(') depth++;
    if (letter === ')') depth--;
  }
  return -1;
}
