/** Starts a demo for one test, with real browsers and access to what "Chargebee" has recorded. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, expect, onTestFinished } from 'vitest';
import { startDemo, type Demo } from '../../demo/demo.js';
import type { SandboxRecords } from '../../demo/sandbox/records.js';
import { chromiumLaunchOptions } from '../support/chromium.js';
import { watchForOffSpec } from '../support/off-spec.js';

interface Visit {
  demo: Demo;
  /** Ada's browser: she is signed in by default. */
  page: Page;
  /** Another browser, for a colleague or another customer. */
  openPage(): Promise<Page>;
  /** @param customerId by default the company of Ada and Ben. */
  recorded(customerId?: string): Promise<SandboxRecords>;
  /** Puts Chargebee's clock forward, past the end of every change of a subscription that is under way. */
  chargebeeCarriesOut(): Promise<void>;
}

/** Wide enough to show the timeline beside the app. */
const VIEWPORT = { width: 1280, height: 800 };

/** Long enough to answer that an upgrade is pending, short enough to wait for its end. */
const FULFILLMENT_DELAY_MS = 1_000;

/** Longer than any test. */
const NEVER_BY_ITSELF_MS = 10 * 60_000;

/** The browser's own message about a request that failed. */
const NETWORK_LOST = /^Failed to load resource: net::ERR_/;

interface VisitOptions {
  readonly losesNetwork?: boolean;
  /** Chargebee changes no subscription until the test calls `chargebeeCarriesOut`. */
  readonly chargebeeWaits?: boolean;
}

/** For the tests of one file. They share a browser, which the first one that needs it launches. */
export function visits(): (options?: VisitOptions) => Promise<Visit> {
  let launched: Promise<Browser> | undefined;
  afterAll(async () => (await launched)?.close());
  return async (options) => {
    launched ??= chromiumLaunchOptions().then((launch) => chromium.launch(launch));
    return visit(await launched, options);
  };
}

/** The test fails when the console of a page shows an error, except a lost network with `losesNetwork`. */
async function visit(
  browser: Browser,
  { losesNetwork = false, chargebeeWaits = false }: VisitOptions = {},
): Promise<Visit> {
  const demo = await openDemo(chargebeeWaits ? NEVER_BY_ITSELF_MS : FULFILLMENT_DELAY_MS);

  const openPage = async () => {
    const errors: string[] = [];
    const page = await browser.newPage({ baseURL: demo.url, viewport: VIEWPORT });
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      const isExpected = losesNetwork && NETWORK_LOST.test(message.text());
      if (message.type() === 'error' && !isExpected) errors.push(message.text());
    });
    onTestFinished(async () => {
      await page.close();
      expect(errors, 'errors in the console of the page').toEqual([]);
    });
    return page;
  };

  return {
    demo,
    page: await openPage(),
    openPage,
    async recorded(customerId = 'cus_juniper') {
      const response = await fetch(`${demo.sandboxUrl}/sandbox/records?customer_id=${customerId}`);
      return response.json();
    },
    async chargebeeCarriesOut() {
      await fetch(`${demo.sandboxUrl}/sandbox/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ advanceMs: NEVER_BY_ITSELF_MS }),
      });
    },
  };
}

export async function openDemo(fulfillmentDelayMs = FULFILLMENT_DELAY_MS): Promise<Demo> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'upgrade-offer-demo-'));
  onTestFinished(() => rm(dataFolder, { recursive: true }));
  const { onOffSpec, assertNone } = watchForOffSpec();
  const demo = await startDemo({ port: 0, dataFolder, fulfillmentDelayMs, onOffSpec });
  onTestFinished(async () => {
    await demo.close();
    assertNone();
  });
  return demo;
}

export async function signInAs(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click();
  await page.getByRole('button', { name, pressed: true }).waitFor();
}
