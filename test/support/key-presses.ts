/** Parses the input of `userEvent.keyboard`: characters, `{Escape}`, and `{Shift>}{Tab}{/Shift}` for a held key. */

export interface KeyPress {
  readonly key: string;
  readonly isPressed: boolean;
  readonly isReleased: boolean;
}

export function keyPresses(text: string): KeyPress[] {
  const keys = text.matchAll(/\{(?<slash>\/?)(?<name>\w+)(?<held>>?)\}|(?<character>.)/gsu);
  return [...keys].map(({ groups: { slash, name, held, character } = {} }) => ({
    key: name ?? character ?? '',
    isPressed: !slash,
    isReleased: !held,
  }));
}
