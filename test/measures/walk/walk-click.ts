/**
 * The walk of a click: which functions are entered, one after the other, from the button's click handler to the request and
 * to the painted outcome. Each change of file on the way is one more place to open for a reader who follows the click.
 * Returns are not counted.
 */
import { Hono } from 'hono';
import { proxy } from 'hono/proxy';
import { SignJWT } from 'jose';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright';
import { listen, type Listening } from '../../../proxy/run/listen.js';
import { chromiumLaunchOptions } from '../../support/chromium.js';
import { startStack, type Stack } from '../../support/stack.js';
import type { Row } from '../row.js';
import { recordWalk, type Walk } from './recorder.js';
import { buildTracedWidget } from './traced-widget.js';

const REQUEST_GOAL = 15;
const OUTCOME_GOAL = 50;

/** Builds the widget, and clicks the first option of an offer in a browser, with the real proxy and the sandbox behind it. */
export async function walkClick(): Promise<Walk> {
  const folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-walk-'));
  await buildTracedWidget(folder);
  const stack = await startStack({ proxy: { widgetFolder: folder } });
  const page = await servePage(stack);
  const browser = await chromium.launch(await chromiumLaunchOptions());
  try {
    return await clickIn(browser, page.url);
  } finally {
    await browser.close();
    await page.close();
    await stack.close();
    await rm(folder, { recursive: true });
  }
}

export function walkRows(walk: Walk): Row[] {
  return [
    row('walk of a click: changes of file until the request', walk.untilRequest, REQUEST_GOAL),
    row('walk of a click: changes of file until the outcome is painted', walk.untilOutcome, OUTCOME_GOAL),
  ];

  function row(what: string, until: number, goal: number): Row {
    const changes = changesOfFile(walk.entries.slice(0, until));
    return {
      what,
      figures: String(changes),
      ratio: '',
      ratioByCpu: '',
      goal: `at most ${goal}`,
      isMet: changes <= goal,
    };
  }
}

export function changesOfFile(entries: Walk['entries']): number {
  return entries.filter(([file], index) => index > 0 && file !== entries[index - 1]?.[0]).length;
}

async function clickIn(browser: Browser, url: string): Promise<Walk> {
  const page = await browser.newPage();
  await page.addInitScript(recordWalk);
  const isViewed = page.waitForResponse((response) => new URL(response.url()).pathname.endsWith('/events'));
  await page.goto(url);
  await isViewed;
  await page.locator('upgrade-offer').getByRole('button').first().click();
  const walk = await page.waitForFunction(() => window.walk);
  const found = await walk.jsonValue();
  if (!found) throw new Error('Failed to record the walk: the page has recorded none.');
  return found;
}

/** The proxy has the page's origin, as in an app that mounts it. */
async function servePage({ proxyUrl, identitySecret }: Stack): Promise<Listening> {
  const token = await new SignJWT({ sub: 'cus_walk', subscription_id: 'sub_walk' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('5 minutes')
    .sign(new TextEncoder().encode(identitySecret));
  const app = new Hono();
  app.get('/', (c) =>
    c.html(`<!doctype html>
      <html lang="en">
        <head>
          <title>The walk of a click</title>
          <link rel="icon" href="data:," />
          <script type="module" src="/upgrade-offer/upgrade-offer.js"></script>
        </head>
        <body><upgrade-offer token="${token}" context='{"storage_used_percent": 85}'></upgrade-offer></body>
      </html>`),
  );
  app.all('/upgrade-offer/*', (c) => proxy(`${new URL(proxyUrl).origin}${c.req.path}`, c.req));
  return listen(app, { host: '127.0.0.1', port: 0 });
}
