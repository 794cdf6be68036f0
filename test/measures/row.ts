/** A line of the table that `npm run bench` prints. */
export interface Row {
  readonly what: string;
  /** Ours first, the floor behind it. */
  readonly figures: string;
  readonly ratio: string;
  /** The same by the time of the processor that was used, which what others do on the machine hardly changes. */
  readonly ratioByCpu: string;
  /** Empty where there is nothing to reach: the figure is for the reader. */
  readonly goal: string;
  readonly isMet: boolean;
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** What stands in the last column. */
export function verdict({ goal, isMet }: Row): string {
  if (goal === '') return '';
  return isMet ? 'ok' : 'MISSED';
}
