/** The hosts that the documents name. Each is an app of its own, in the folder of its name, with exact versions. */
export interface Host {
  readonly name: string;
  readonly folder: string;
}

export const HOSTS: readonly Host[] = [{ name: 'Express 5', folder: 'express-5' }];
