/**
 * `npm run size`: the scripts that a browser loads for each step with the widget: requests, and bytes with brotli. A real browser
 * says which scripts. Their bytes are counted with a fixed text in place of each hash in the name of a file: a hash is chance, and
 * would move the size by up to 40 bytes. Then what each adapter of the analytics adds to a bundle. Fails above the limits, and
 * names the goals that are missed.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync } from 'node:zlib';
import { chromium, type Browser, type Page } from 'playwright';
import { table } from '../../proxy/run/table.js';
import { chromiumLaunchOptions } from '../support/chromium.js';
import { adapterSizes } from './adapter-size.js';
import { addressOf, serveOfferPage, type OfferPage } from './offer-page.js';

interface Step {
  readonly step: string;
  readonly page?: OfferPage;
  /** Waits for the end of the step. */
  readonly until: (page: Page) => Promise<unknown>;
  /** All that is loaded, or what the step waits for: the acceptance, for example, is fetched while the customer reads. */
  readonly counts: 'all' | 'waited for';
  readonly limitBytes: number;
  /** Absent when the limit is the goal. */
  readonly goalBytes?: number;
  readonly limitRequests: number;
  readonly before?: () => void;
}

/** A script of the widget that the page has loaded. */
interface Loaded {
  readonly name: string;
  readonly bytes: number;
}

/** A step that does not end within this time while a script is held back waits for that script. */
const HOLD_MS = 5_000;

const SHOWN = { until: isReady, counts: 'waited for' } as const;

/**
 * Above its goal by what a lost answer, another version, a hidden place and an older browser ask for, and by the look: the
 * sheet and the standing page of a dialog, the bar, tokens, slots, states and motion.
 */
const FIRST_FILE = { limitBytes: 20_625, goalBytes: 16_500, limitRequests: 1 } as const;

const STEPS: readonly Step[] = [
  {
    step: 'there is no offer',
    page: { hasOffer: false },
    until: isNone,
    counts: 'all',
    ...FIRST_FILE,
  },
  { step: 'an offer can be acted on: inline', ...SHOWN, ...FIRST_FILE },
  { step: '... banner', page: { layout: 'banner' }, ...SHOWN, ...FIRST_FILE },
  { step: '... modal', page: { layout: 'modal' }, ...SHOWN, ...FIRST_FILE },
  { step: '... in another language', page: { lang: 'de' }, ...SHOWN, limitBytes: 21_670, limitRequests: 2 },
  {
    step: '... without the Sanitizer API',
    ...SHOWN,
    before: hideSanitizer,
    limitBytes: 30_760,
    goalBytes: 27_000,
    limitRequests: 2,
  },
  {
    step: '... by one classic script',
    page: { script: 'classic' },
    ...SHOWN,
    limitBytes: 28_225,
    goalBytes: 22_000,
    limitRequests: 1,
  },
  {
    step: 'it has been accepted',
    until: isAccepted,
    counts: 'all',
    limitBytes: 27_305,
    goalBytes: 20_000,
    limitRequests: 2,
  },
];

const server = await serveOfferPage();
const browser = await chromium.launch(await chromiumLaunchOptions());
const lines = [['UNTIL', 'BYTES', 'GOAL', 'RATIO', 'REQUESTS', 'AT MOST', '', 'SCRIPTS']];
for (const step of STEPS) {
  const scripts = await load(browser, step);
  const bytes = scripts.reduce((sum, script) => sum + script.bytes, 0);
  const { limitBytes, goalBytes = limitBytes } = step;
  const isWithinLimits = bytes <= limitBytes && scripts.length <= step.limitRequests;
  if (!isWithinLimits) process.exitCode = 1;
  lines.push([
    step.step,
    String(bytes),
    String(goalBytes),
    (bytes / goalBytes).toFixed(2),
    String(scripts.length),
    String(step.limitRequests),
    !isWithinLimits ? `TOO LARGE, at most ${limitBytes}` : bytes > goalBytes ? 'GOAL MISSED' : 'ok',
    scripts.map(({ name }) => name).join(' '),
  ]);
}
console.log(table(lines));
const analytics = [['UPGRADE-OFFER/ANALYTICS', 'BYTES', 'AT MOST', '']];
for (const { what, bytes, limitBytes } of await adapterSizes()) {
  const isWithinLimit = bytes <= limitBytes;
  if (!isWithinLimit) process.exitCode = 1;
  analytics.push([what, String(bytes), String(limitBytes), isWithinLimit ? 'ok' : 'TOO LARGE']);
}
console.log(`\n${table(analytics)}`);
await browser.close();
await server.close();

async function load(in_: Browser, step: Step): Promise<Loaded[]> {
  const loaded = await visit(in_, step, async (page) => {
    await step.until(page);
    await page.waitForLoadState('networkidle');
    const names = await page.evaluate(scriptsLoaded);
    return Promise.all(names.map(async (name) => ({ name, bytes: await bytesOf(name) })));
  });
  const [entry, ...others] = loaded;
  if (!entry) throw new Error(`Failed to measure "${step.step}": the page has loaded no script.`);
  if (step.counts === 'all') return loaded;
  const counted = [entry];
  for (const script of others) if (await waitsFor(in_, step, script)) counted.push(script);
  return counted;
}

/** @returns whether the step does not end while the script is held back. */
function waitsFor(in_: Browser, step: Step, { name }: Loaded): Promise<boolean> {
  const work = (page: Page) => {
    const ends = step.until(page).then(
      () => false,
      // The page was closed meanwhile.
      () => true,
    );
    return Promise.race([ends, wait(HOLD_MS, true, { ref: false })]);
  };
  return visit(in_, step, work, name);
}

/**
 * Uses a new profile with an empty cache.
 * @param held the name of a script that never arrives.
 */
async function visit<T>(
  in_: Browser,
  { page: wanted = {}, before }: Step,
  work: (page: Page) => Promise<T>,
  held?: string,
): Promise<T> {
  const context = await in_.newContext();
  const page = await context.newPage();
  if (before) await page.addInitScript(before);
  if (held !== undefined) await page.route(`**/${held}`, () => {});
  await page.goto(addressOf(server, wanted), { waitUntil: 'commit' });
  const result = await work(page);
  await context.close();
  return result;
}

function scriptsLoaded(): string[] {
  return performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name).pathname)
    .filter((path) => path.endsWith('.js'))
    .map((path) => path.split('/').pop() ?? '');
}

async function bytesOf(name: string): Promise<number> {
  const script = await readFile(`dist/widget/${name}`, 'utf8');
  return brotliCompressSync(script.replaceAll(/-[\w-]{8}\.js\b/g, '-B7qXw2_k.js')).length;
}

function isNone(page: Page): Promise<unknown> {
  return page.waitForFunction(() => window.noneAt);
}

function isReady(page: Page): Promise<unknown> {
  return page.waitForFunction(() => window.readyAt);
}

async function isAccepted(page: Page): Promise<void> {
  await isReady(page);
  await page.getByRole('button', { name: 'Unlock now' }).click();
  await page.getByRole('status').filter({ hasText: /\S/ }).waitFor();
}

function hideSanitizer(): void {
  Reflect.deleteProperty(Element.prototype, 'setHTML');
}
