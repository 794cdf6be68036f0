/** The hosts that the documents name. Each is an app of its own, in the folder of its name, with exact versions. */
export interface Host {
  readonly name: string;
  readonly folder: string;
  /** How it knows who asks: by the token that the page brings, or by the app's own session. */
  readonly identifiesBy: 'token' | 'session';
  /** Its server renders a page with the element at `/`. */
  readonly hasPage?: true;
}

export const HOSTS: readonly Host[] = [
  { name: 'Express 5', folder: 'express-5', identifiesBy: 'token' },
  { name: 'Next', folder: 'next', identifiesBy: 'session', hasPage: true },
];
