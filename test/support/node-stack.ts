/** `startStack` for tests in Node: on PostgreSQL in the project of that name, otherwise on a SQLite file. */
import { inject } from 'vitest';
import { startStack as start, type Stack, type StackOptions } from './stack.js';

export { startProxy, type Stack } from './stack.js';

export function startStack(options: StackOptions = {}): Promise<Stack> {
  return start({ postgresUrl: inject('postgresUrl'), ...options });
}
