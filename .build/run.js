// @ts-check
/**
 * `node .build/run.js <script below dist> [arguments]`: runs what has been built, and builds it first when a source is newer.
 * The script gets the arguments as if it had been started by itself.
 */
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildIfStale } from './fresh-build.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const [node = '', , script = '', ...parameters] = process.argv;
const path = join(root, 'dist', script);
if (process.env['npm_lifecycle_event']) endWithShell();
try {
  buildIfStale(root);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
process.argv = [node, path, ...parameters];
await import(pathToFileURL(path).href);

/** SIGTERM to npm ends the shell between npm and this, and nothing else: https://github.com/npm/cli/issues/6547 */
function endWithShell() {
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}
