/** `npm run size`: what each step with the widget makes a page load, and fails above the budget. */
import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

interface Chunk {
  readonly file: string;
  readonly name?: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

const folder = new URL('../widget/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', folder), 'utf8')) as Record<string, Chunk>;
const entry = keyWhere((chunk) => chunk.file === 'upgrade-offer.js');
const named = (name: string) => keyWhere((chunk) => chunk.name === name);

/** What is loaded step by step; a budget is for all that has been loaded until then. */
const STEPS = [
  { step: 'the page has no offer', lazy: [], budgetBytes: 9_500 },
  { step: 'an offer is shown', lazy: [named('offer-view')], budgetBytes: 14_000 },
  { step: '... and accepted', lazy: [named('offer-view'), named('acceptance')], budgetBytes: 15_500 },
  {
    step: 'shown by a browser without the Sanitizer API',
    lazy: [named('offer-view'), named('purifier')],
    budgetBytes: 25_000,
  },
];

for (const { step, lazy, budgetBytes } of STEPS) {
  const bytes = [...reach(entry, lazy)].reduce((sum, key) => sum + compressed(key), 0);
  const verdict = bytes > budgetBytes ? 'TOO LARGE' : 'ok';
  console.log(`${step.padEnd(46)} ${String(bytes).padStart(6)} of ${budgetBytes} bytes (brotli)  ${verdict}`);
  if (bytes > budgetBytes) process.exitCode = 1;
}

/** The chunk and all that it pulls in; of the lazy ones, those named. */
function reach(key: string, lazy: readonly string[], seen = new Set<string>()): Set<string> {
  if (seen.has(key)) return seen;
  seen.add(key);
  const { imports = [], dynamicImports = [] } = chunk(key);
  for (const next of [...imports, ...dynamicImports.filter((next) => lazy.includes(next))]) reach(next, lazy, seen);
  return seen;
}

function compressed(key: string): number {
  return brotliCompressSync(readFileSync(new URL(chunk(key).file, folder))).length;
}

function chunk(key: string): Chunk {
  const found = manifest[key];
  if (!found) throw new Error(`Failed to find the chunk ${key}: the build's manifest does not name it.`);
  return found;
}

function keyWhere(test: (chunk: Chunk) => boolean): string {
  const found = Object.keys(manifest).find((key) => test(chunk(key)));
  if (!found)
    throw new Error('Failed to find a chunk of the widget: run the build, or mend the names in test/size.ts.');
  return found;
}
