/** Somebody in front of the demo: a demo of their own, real browsers, and what "Chargebee" has recorded of them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { expect, onTestFinished } from 'vitest';
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
}

/** Wide enough for the timeline to stand beside the app. */
const VIEWPORT = { width: 1280, height: 800 };

/** Long enough to see that an upgrade is under way, short enough to wait for it. */
const FULFILLMENT_DELAY_MS = 1_000;

/** What a browser says of itself about a request that got nowhere. */
const NETWORK_LOST = /^Failed to load resource: net::ERR_/;

/** A demo and browsers for one test, and the assertion that no page has met an error but a network that it lost. */
export async function visit({ losesNetwork = false } = {}): Promise<Visit> {
  const demo = await openDemo();
  const browser = await chromium.launch(await chromiumLaunchOptions());
  onTestFinished(() => browser.close());

  const openPage = async () => {
    const errors: string[] = [];
    const page = await browser.newPage({ baseURL: demo.url, viewport: VIEWPORT });
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      const isExpected = losesNetwork && NETWORK_LOST.test(message.text());
      if (message.type() === 'error' && !isExpected) errors.push(message.text());
    });
    onTestFinished(() => expect(errors, 'errors in the console of the page').toEqual([]));
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
  };
}

export async function openDemo(): Promise<Demo> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'upgrade-offer-demo-'));
  onTestFinished(() => rm(dataFolder, { recursive: true }));
  const demo = await startDemo({ port: 0, dataFolder, fulfillmentDelayMs: FULFILLMENT_DELAY_MS });
  onTestFinished(demo.close);
  return demo;
}

export async function signInAs(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click();
  await page.getByRole('button', { name, pressed: true }).waitFor();
}
