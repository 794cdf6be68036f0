/** `npm run size`: what each path through the widget makes a page load, and fails above the budget. */
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
const purifier = keyWhere((chunk) => chunk.name === 'purifier');

const withoutOffer = reach(entry, () => false);
const withOffer = reach(entry, (key) => key !== purifier);
const everything = reach(entry, () => true);

const PATHS = [
  { path: 'no offer: the entry and Lit', chunks: withoutOffer, budgetBytes: 9_500 },
  { path: 'an offer, in a browser with the Sanitizer API', chunks: withOffer, budgetBytes: 14_000 },
  { path: 'an offer elsewhere: DOMPurify too', chunks: everything, budgetBytes: 25_000 },
];

for (const { path, chunks, budgetBytes } of PATHS) {
  const bytes = [...chunks].reduce((sum, key) => sum + compressed(key), 0);
  const verdict = bytes > budgetBytes ? 'TOO LARGE' : 'ok';
  console.log(`${path.padEnd(48)} ${String(bytes).padStart(7)} of ${budgetBytes} bytes (brotli)  ${verdict}`);
  if (bytes > budgetBytes) process.exitCode = 1;
}

/** The chunk and all that it pulls in; lazy ones where `follow` says so. */
function reach(key: string, follow: (lazy: string) => boolean, seen = new Set<string>()): Set<string> {
  if (seen.has(key)) return seen;
  seen.add(key);
  const { imports = [], dynamicImports = [] } = chunk(key);
  for (const next of [...imports, ...dynamicImports.filter(follow)]) reach(next, follow, seen);
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
