/** Somebody in front of the demo: a demo of their own, real browsers, and what "Chargebee" has recorded of them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, expect, onTestFinished } from 'vitest';
import { startDemo, type Demo } from '../../demo/demo.js';
import type { SandboxRecords } from '../../demo/sandbox/records.js';
import { chromiumLaunchOptions } from '../support/chromium.js';

interface Visit {
  demo: Demo;
  /** Ada's browser, as nobody else has signed in. */
  page: Page;
  /** A browser of its own for a colleague, or for another customer. */
  openPage(): Promise<Page>;
  /** What Chargebee knows of a customer; the company of Ada and Ben when not named. */
  recorded(customerId?: string): Promise<SandboxRecords>;
  /** Puts Chargebee's clock forward, past the end of every change of a subscription that is under way. */
  chargebeeCarriesOut(): Promise<void>;
}

/** Wide enough for the timeline to stand beside the app. */
const VIEWPORT = { width: 1280, height: 800 };

/** Time enough for an answer that says that an upgrade is under way, and soon over. */
const FULFILLMENT_DELAY_MS = 1_000;

/** Longer than a test may take. */
const NEVER_BY_ITSELF_MS = 10 * 60_000;

/** What a browser says of itself about a request that got nowhere. */
const NETWORK_LOST = /^Failed to load resource: net::ERR_/;

/** One for all tests of a file, once one of them needs it. */
let launched: Promise<Browser> | undefined;

afterAll(async () => (await launched)?.close());

interface VisitOptions {
  readonly losesNetwork?: boolean;
  /** Chargebee changes no subscription before the test says so. */
  readonly chargebeeWaits?: boolean;
}

/** A demo and browsers for one test, and the assertion that no page has met an error but a network that it lost. */
export async function visit({ losesNetwork = false, chargebeeWaits = false }: VisitOptions = {}): Promise<Visit> {
  const demo = await openDemo(chargebeeWaits ? NEVER_BY_ITSELF_MS : FULFILLMENT_DELAY_MS);
  launched ??= chromiumLaunchOptions().then((options) => chromium.launch(options));
  const browser = await launched;

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
  const demo = await startDemo({ port: 0, dataFolder, fulfillmentDelayMs });
  onTestFinished(demo.close);
  return demo;
}

export async function signInAs(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click();
  await page.getByRole('button', { name, pressed: true }).waitFor();
}
