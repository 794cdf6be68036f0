/** What the widget costs a page, compared with an element written by hand for the same offer, in the same browser. */
import { chromium, type Browser, type CDPSession, type Page } from 'playwright';
import type { Listening } from '../../proxy/run/listen.js';
import { chromiumLaunchOptions } from '../support/chromium.js';
import { addressOf, serveOfferPage, type Element, type OfferPage } from './offer-page.js';
import { median, type Row } from './row.js';

interface Cost {
  /** From the script's place in the page to the frame after `offer-ready`: the offer is painted and can be acted on. */
  readonly paintMs: number;
  readonly mainThreadMs: number;
}

/** Measured one after the other. */
type Pair = Readonly<Record<'widget' | 'floor', Cost>>;

interface Visit {
  readonly page: OfferPage;
  readonly network?: Network;
}

/** In the units of the DevTools protocol: milliseconds, and bytes per second. */
interface Network {
  readonly offline: boolean;
  readonly latency: number;
  readonly downloadThroughput: number;
  readonly uploadThroughput: number;
}

export interface Rounds {
  /** Without network delay. */
  readonly local: number;
  /** Each of these takes about a second. */
  readonly slow: number;
}

const PAINT_GOAL = 1.5;
const SLOW_PAINT_GOAL = 1.4;
const MAIN_THREAD_GOAL = 1.4;

const ELEMENTS = 1_000;
const KILOBYTE = 1_000;
const ELEMENT_GOAL_BYTES = 5 * KILOBYTE;

/** A round trip of 150 ms, 1.6 Mbit/s down, 750 kbit/s up. */
const SLOW_4G: Network = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};

export async function widgetRows(rounds: Rounds): Promise<Row[]> {
  const server = await serveOfferPage();
  const browser = await chromium.launch(await chromiumLaunchOptions());
  const visits = (count: number, visit: Visit) => inTurn(browser, server, count, visit);
  try {
    const local = await visits(rounds.local, { page: {} });
    const slow = await visits(rounds.slow, { page: {}, network: SLOW_4G });
    const modal = await visits(rounds.local, { page: { layout: 'modal' } });
    const slowModal = await visits(rounds.slow, { page: { layout: 'modal' }, network: SLOW_4G });
    return [
      row('script to an offer that can be acted on / written by hand', local, 'paintMs', PAINT_GOAL),
      row('script to an offer under Slow 4G / written by hand', slow, 'paintMs', SLOW_PAINT_GOAL),
      row('script to an offer in a modal / written by hand', modal, 'paintMs'),
      row('script to an offer in a modal under Slow 4G / written by hand', slowModal, 'paintMs'),
      row('main thread until an offer can be acted on / written by hand', local, 'mainThreadMs', MAIN_THREAD_GOAL),
      await memoryOfMany(browser, server),
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Each visit uses a new profile with an empty cache. */
async function inTurn(browser: Browser, server: Listening, rounds: number, { page, network }: Visit): Promise<Pair[]> {
  const visit = (element: Element) => inPage(browser, addressOf(server, { ...page, element }), 1, cost, network);
  // The first ones warm up the browser and the server.
  await visit('vanilla-offer');
  await visit('upgrade-offer');
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) {
    pairs.push({ floor: await visit('vanilla-offer'), widget: await visit('upgrade-offer') });
  }
  return pairs;
}

function row(what: string, pairs: readonly Pair[], of: keyof Cost, goal?: number): Row {
  const ratio = median(pairs.map(({ widget, floor }) => widget[of] / floor[of]));
  const figure = (side: keyof Pair) => `${median(pairs.map((pair) => pair[side][of])).toFixed(1)} ms`;
  return {
    what,
    figures: `${figure('widget')}, ${figure('floor')}`,
    ratio: ratio.toFixed(2),
    ratioByCpu: '',
    goal: goal === undefined ? '' : `at most ${goal}`,
    isMet: goal === undefined || ratio <= goal,
  };
}

/** All that the page holds, by element. What it holds with one element is said, too: scripts, and what the browser needs. */
async function memoryOfMany(browser: Browser, server: Listening): Promise<Row> {
  const heapOf = (element: Element, count = ELEMENTS) =>
    inPage(browser, addressOf(server, { element, count }), count, usedHeap);
  const [widget, floor] = [await heapOf('upgrade-offer'), await heapOf('vanilla-offer')];
  const page = await heapOf('upgrade-offer', 1);
  const each = (bytes: number) => `${(bytes / ELEMENTS / KILOBYTE).toFixed(1)} kB`;
  return {
    what: `script memory of each of ${ELEMENTS.toLocaleString('en')} elements / written by hand`,
    figures: `${each(widget)} (${each(widget - page)} without the page), ${each(floor)}`,
    ratio: (widget / floor).toFixed(2),
    ratioByCpu: '',
    goal: `at most ${ELEMENT_GOAL_BYTES / KILOBYTE} kB`,
    isMet: widget <= ELEMENT_GOAL_BYTES * ELEMENTS,
  };
}

async function inPage<T>(
  browser: Browser,
  url: string,
  offers: number,
  measure: (page: Page, session: CDPSession) => Promise<T>,
  network?: Network,
) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    if (network) {
      await session.send('Network.enable');
      await session.send('Network.emulateNetworkConditions', network);
    }
    await page.goto(url);
    await page.waitForFunction((count) => window.ready === count && window.paintedAt !== undefined, offers);
    return await measure(page, session);
  } finally {
    await context.close();
  }
}

async function cost(page: Page, session: CDPSession): Promise<Cost> {
  const paintMs = await page.evaluate(() => (window.paintedAt ?? NaN) - (window.startedAt ?? NaN));
  return { paintMs, mainThreadMs: (await metric(session, 'TaskDuration')) * 1_000 };
}

async function usedHeap(_: Page, session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return metric(session, 'JSHeapUsedSize');
}

async function metric(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  const found = metrics.find((each) => each.name === name);
  if (!found) throw new Error(`Failed to measure the page: the browser has no metric ${name}.`);
  return found.value;
}
