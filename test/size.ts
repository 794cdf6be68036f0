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
  /** What we want it to be. */
  readonly goalBytes: number;
  /** Where it stands; growing beyond it fails. Lowered whenever a step gets smaller, until it meets its goal. */
  readonly limitBytes: number;
}

/** What is loaded step by step, all that has been loaded until then included. */
const STEPS: readonly Step[] = [
  { step: 'the page has no offer', lazy: [], goalBytes: 9_500, limitBytes: 10_000 },
  { step: 'an offer is shown', lazy: [named('offer-view')], goalBytes: 14_000, limitBytes: 15_600 },
  {
    step: '... and accepted',
    lazy: [named('offer-view'), named('acceptance')],
    goalBytes: 15_500,
    limitBytes: 18_600,
  },
  {
    step: 'shown by a browser without the Sanitizer API',
    lazy: [named('offer-view'), named('purifier')],
    goalBytes: 25_000,
    limitBytes: 25_900,
  },
];

for (const { lazy, ...step } of STEPS) {
  report({ ...step, bytes: [...reach(entry, lazy)].reduce((sum, key) => sum + compressed(chunk(key).file), 0) });
}
const classicBytes = compressed('upgrade-offer.classic.js');
report({ step: 'all in one classic script', bytes: classicBytes, goalBytes: 25_000, limitBytes: 25_000 });

function report({ step, bytes, goalBytes, limitBytes }: Omit<Step, 'lazy'> & { bytes: number }): void {
  const verdict = bytes > limitBytes ? 'TOO LARGE' : bytes > goalBytes ? 'above its goal' : 'ok';
  console.log(`${step.padEnd(46)} ${String(bytes).padStart(6)} bytes (brotli), goal ${goalBytes}  ${verdict}`);
  if (bytes > limitBytes) process.exitCode = 1;
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
    throw new Error('Failed to find a chunk of the widget: run the build, or mend the names in test/size.ts.');
  return found;
}
