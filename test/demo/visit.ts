/** Starts a demo for one test, with real browsers and access to what "Chargebee" has recorded. */
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
  /** Ada's browser: she is signed in by default. */
  page: Page;
  /** Another browser, for a colleague or another customer. */
  openPage(): Promise<Page>;
  /** @param customerId by default the company of Ada and Ben. */
  recorded(customerId?: string): Promise<SandboxRecords>;
}

/** Wide enough to show the timeline beside the app. */
const VIEWPORT = { width: 1280, height: 800 };

/** Long enough to see a pending upgrade, short enough to wait for it. */
const FULFILLMENT_DELAY_MS = 1_000;

/** The browser's own message about a request that failed. */
const NETWORK_LOST = /^Failed to load resource: net::ERR_/;

/** The test fails when the console of a page shows an error, except a lost network with `losesNetwork`. */
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
