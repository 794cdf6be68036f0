/** `npm run size`: what each step with the widget makes a page load, and fails when one grows. */
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

interface Step {
  readonly step: string;
  readonly lazy: readonly string[];
  readonly limitBytes: number;
}

/**
 * What is loaded step by step, all that has been loaded until then included. "Shown" ends when the offer is on the page;
 * what it takes to be seen and turned down follows by itself right after that, and is the next step.
 */
const STEPS: readonly Step[] = [
  { step: 'the page has no offer', lazy: [], limitBytes: 9_500 },
  { step: 'an offer is shown', lazy: ['offer-view'], limitBytes: 14_000 },
  { step: '... and can be acted on', lazy: ['offer-view', 'encounter'], limitBytes: 15_900 },
  { step: '... and accepted', lazy: ['offer-view', 'encounter', 'acceptance'], limitBytes: 19_100 },
  { step: 'an offer is shown as a modal', lazy: ['offer-view', 'modal'], limitBytes: 15_200 },
  { step: 'shown by a browser without the Sanitizer API', lazy: ['offer-view', 'purifier'], limitBytes: 25_000 },
];

for (const { lazy, ...step } of STEPS) {
  const files = [...reach(entry, lazy.map(named))].map((key) => chunk(key).file);
  report({ ...step, bytes: files.reduce((sum, file) => sum + compressed(file), 0) });
}
report({
  step: 'all in one classic script',
  bytes: compressed('upgrade-offer.classic.js'),
  limitBytes: 25_000,
});

function report({ step, bytes, limitBytes }: Omit<Step, 'lazy'> & { bytes: number }): void {
  const isTooLarge = bytes > limitBytes;
  console.log(
    `${step.padEnd(46)} ${String(bytes).padStart(6)} of ${limitBytes} bytes (brotli)  ${isTooLarge ? 'TOO LARGE' : 'ok'}`,
  );
  if (isTooLarge) process.exitCode = 1;
}

/** The chunk and all that it pulls in; of the lazy ones, those named. */
function reach(key: string, lazy: readonly string[], seen = new Set<string>()): Set<string> {
  if (seen.has(key)) return seen;
  seen.add(key);
  const { imports = [], dynamicImports = [] } = chunk(key);
  for (const next of [...imports, ...dynamicImports.filter((next) => lazy.includes(next))]) reach(next, lazy, seen);
  return seen;
}

function compressed(file: string): number {
  return brotliCompressSync(readFileSync(new URL(file, folder))).length;
}

function chunk(key: string): Chunk {
  const found = manifest[key];
  if (!found) throw new Error(`Failed to find the chunk ${key}: the build's manifest does not name it.`);
  return found;
}

function keyWhere(test: (chunk: Chunk) => boolean): string {
  const found = Object.keys(manifest).find((key) => test(chunk(key)));
  if (!found)
    throw new Error('Failed to find a chunk of the widget: run the build, or mend the names in test/measures/size.ts.');
  return found;
}
