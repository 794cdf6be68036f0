/** Runs the build first, unless it is up to date, because some tests start the built files as real processes. */
import { fileURLToPath } from 'node:url';
import { buildIfStale } from '../../.build/fresh-build.js';

export function setup(): void {
  // Vitest sets it to "test". The tests' own builds are for production too.
  process.env['NODE_ENV'] = 'production';
  buildIfStale(fileURLToPath(new URL('../..', import.meta.url)));
}
