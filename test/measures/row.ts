/** A row of the table that `npm run bench` prints. */
export interface Row {
  readonly what: string;
  /** Ours first, then the floor. */
  readonly figures: string;
  readonly ratio: string;
  /** The ratio of processor time, which other work on the machine hardly changes. */
  readonly ratioByCpu: string;
  /** Empty when the figure is only for the reader. */
  readonly goal: string;
  readonly isMet: boolean;
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** The text of the last column. */
export function verdict({ goal, isMet }: Row): string {
  if (goal === '') return '';
  return isMet ? 'ok' : 'MISSED';
}
