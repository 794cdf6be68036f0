/** The tests that start real processes run what `npm run build` makes: it is built before them, unless it is up to date. */
import { fileURLToPath } from 'node:url';
import { buildIfStale } from '../../.build/fresh-build.js';

export function setup(): void {
  // Vitest sets it to "test". What the tests build themselves is for production, too.
  process.env['NODE_ENV'] = 'production';
  buildIfStale(fileURLToPath(new URL('../..', import.meta.url)));
}
