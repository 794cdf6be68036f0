/** What the widget costs a page, beside an element that somebody wrote by hand for the same offer, in the same browser. */
import { chromium, type Browser, type CDPSession, type Page } from 'playwright';
import { chromiumLaunchOptions } from '../support/chromium.js';
import { serveOfferPage, type Element } from './offer-page.js';
import { median, type Row } from './row.js';

interface Cost {
  /** From where the script stands in the page to the frame after `offer-ready`: the offer is painted, and can be acted on. */
  readonly paintMs: number;
  readonly mainThreadMs: number;
}

const ROUNDS = 15;
const ELEMENTS = 1_000;
const PAINT_GOAL = 1.5;
const KILOBYTE = 1_000;

export async function widgetRows(): Promise<Row[]> {
  const server = await serveOfferPage();
  const browser = await chromium.launch(await chromiumLaunchOptions());
  try {
    return [...(await firstOffer(browser, server.url)), await memoryOfMany(browser, server.url)];
  } finally {
    await browser.close();
    await server.close();
  }
}

/** In turn, each in a profile of its own: nothing is in a cache. */
async function firstOffer(browser: Browser, url: string): Promise<Row[]> {
  const visit = (element: Element) => inPage(browser, `${url}/?element=${element}`, 1, cost);
  await visit('vanilla-offer');
  await visit('upgrade-offer');
  const pairs: { widget: Cost; floor: Cost }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    pairs.push({ floor: await visit('vanilla-offer'), widget: await visit('upgrade-offer') });
  }
  const row = (what: string, of: keyof Cost, goal?: number): Row => {
    const ratio = median(pairs.map(({ widget, floor }) => widget[of] / floor[of]));
    const figure = (side: 'widget' | 'floor') => `${median(pairs.map((pair) => pair[side][of])).toFixed(1)} ms`;
    return {
      what,
      figures: `${figure('widget')}, ${figure('floor')}`,
      ratio: ratio.toFixed(2),
      ratioByCpu: '',
      goal: goal === undefined ? '' : `at most ${goal}`,
      isMet: goal === undefined || ratio <= goal,
    };
  };
  return [
    row('script to an offer that can be acted on / written by hand', 'paintMs', PAINT_GOAL),
    row('main thread until then / written by hand', 'mainThreadMs'),
  ];
}

async function memoryOfMany(browser: Browser, url: string): Promise<Row> {
  const heapOf = (element: Element) => inPage(browser, `${url}/?element=${element}&count=${ELEMENTS}`, ELEMENTS, heap);
  const [widget, floor] = [await heapOf('upgrade-offer'), await heapOf('vanilla-offer')];
  const each = (bytes: number) => `${(bytes / ELEMENTS / KILOBYTE).toFixed(1)} kB`;
  return {
    what: `script memory of each of ${ELEMENTS.toLocaleString('en')} elements / written by hand`,
    figures: `${each(widget)}, ${each(floor)}`,
    ratio: (widget / floor).toFixed(2),
    ratioByCpu: '',
    goal: '',
    isMet: true,
  };
}

async function inPage<T>(
  browser: Browser,
  url: string,
  offers: number,
  measure: (page: Page, session: CDPSession) => Promise<T>,
) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    await page.goto(url);
    await page.waitForFunction((count) => Reflect.get(window, 'ready') === count && 'paintedAt' in window, offers);
    return await measure(page, session);
  } finally {
    await context.close();
  }
}

async function cost(page: Page, session: CDPSession): Promise<Cost> {
  const paintMs = await page.evaluate(() => Reflect.get(window, 'paintedAt') - Reflect.get(window, 'startedAt'));
  return { paintMs, mainThreadMs: (await metric(session, 'TaskDuration')) * 1_000 };
}

async function heap(_: Page, session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return metric(session, 'JSHeapUsedSize');
}

async function metric(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  const found = metrics.find((each) => each.name === name);
  if (!found) throw new Error(`Failed to measure the page: the browser has no metric ${name}.`);
  return found.value;
}
