/** One line of what the doctor says. */
export interface Check {
  readonly check: string;
  readonly result: 'ok' | 'warning' | 'wrong';
  /** What was seen and, unless the result is `ok`, what to do. */
  readonly says: string;
}
