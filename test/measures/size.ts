/**
 * `npm run size`: the scripts that a browser loads for each step with the widget: requests, and bytes with brotli. Counted in
 * a real browser. Fails above the limits.
 */
import { chromium, type Browser, type Page } from 'playwright';
import { table } from '../../proxy/run/table.js';
import { chromiumLaunchOptions } from '../support/chromium.js';
import { addressOf, serveOfferPage, type OfferPage } from './offer-page.js';

interface Step {
  readonly step: string;
  readonly page?: OfferPage;
  /** Waits for the end of the step. @returns when that was, in milliseconds since the page was opened. */
  readonly until: (page: Page) => Promise<number>;
  readonly limitBytes: number;
  readonly limitRequests: number;
  readonly before?: () => void;
}

/** A script of the widget that the page has loaded. */
interface Loaded {
  readonly name: string;
  readonly bytes: number;
  readonly at: number;
}

const STEPS: readonly Step[] = [
  { step: 'there is no offer', page: { hasOffer: false }, until: isNone, limitBytes: 16_500, limitRequests: 1 },
  { step: 'an offer can be acted on: inline', until: isReady, limitBytes: 16_500, limitRequests: 1 },
  { step: '... banner', page: { layout: 'banner' }, until: isReady, limitBytes: 16_500, limitRequests: 1 },
  { step: '... modal', page: { layout: 'modal' }, until: isReady, limitBytes: 16_500, limitRequests: 1 },
  { step: '... in another language', page: { lang: 'de' }, until: isReady, limitBytes: 19_000, limitRequests: 3 },
  {
    step: '... without the Sanitizer API',
    until: isReady,
    limitBytes: 27_000,
    limitRequests: 2,
    before: hideSanitizer,
  },
  {
    step: '... by one classic script',
    page: { script: 'classic' },
    until: isReady,
    limitBytes: 22_000,
    limitRequests: 1,
  },
  { step: 'it has been accepted', until: isAccepted, limitBytes: 20_000, limitRequests: 2 },
];

const server = await serveOfferPage();
const browser = await chromium.launch(await chromiumLaunchOptions());
const lines = [['UNTIL', 'BYTES', 'AT MOST', 'RATIO', 'REQUESTS', 'AT MOST', '', 'SCRIPTS']];
for (const step of STEPS) {
  const scripts = await load(browser, step);
  const bytes = scripts.reduce((sum, script) => sum + script.bytes, 0);
  const isMet = bytes <= step.limitBytes && scripts.length <= step.limitRequests;
  if (!isMet) process.exitCode = 1;
  lines.push([
    step.step,
    String(bytes),
    String(step.limitBytes),
    (bytes / step.limitBytes).toFixed(2),
    String(scripts.length),
    String(step.limitRequests),
    isMet ? 'ok' : 'TOO LARGE',
    scripts.map(({ name }) => name).join(' '),
  ]);
}
console.log(table(lines));
await browser.close();
await server.close();

/** Uses a new profile with an empty cache. @returns the scripts that had arrived when the step ended. */
async function load(in_: Browser, { page: wanted = {}, until, before }: Step): Promise<Loaded[]> {
  const context = await in_.newContext();
  const page = await context.newPage();
  if (before) await page.addInitScript(before);
  await page.goto(addressOf(server, wanted));
  const endedAt = await until(page);
  const scripts = await page.evaluate(scriptsLoaded);
  await context.close();
  // The step did not need what arrives later. The acceptance, for example, is fetched while the customer reads.
  return scripts.filter(({ at }) => at <= endedAt);
}

function scriptsLoaded(): Loaded[] {
  return performance
    .getEntriesByType('resource')
    .filter((entry) => entry instanceof PerformanceResourceTiming)
    .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
    .map(({ name, encodedBodySize, responseEnd }) => ({
      name: new URL(name).pathname.split('/').pop() ?? '',
      bytes: encodedBodySize,
      at: responseEnd,
    }));
}

async function isNone(page: Page): Promise<number> {
  const noneAt = await page.waitForFunction(() => window.noneAt);
  return (await noneAt.jsonValue()) ?? 0;
}

async function isReady(page: Page): Promise<number> {
  const readyAt = await page.waitForFunction(() => window.readyAt);
  return (await readyAt.jsonValue()) ?? 0;
}

async function isAccepted(page: Page): Promise<number> {
  await isReady(page);
  await page.getByRole('button', { name: 'Unlock now' }).click();
  await page.getByRole('status').filter({ hasText: /\S/ }).waitFor();
  return page.evaluate(() => performance.now());
}

function hideSanitizer(): void {
  Reflect.deleteProperty(Element.prototype, 'setHTML');
}
