/** A page that stays open while another version of the widget is deployed. */
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firefox, type Page } from 'playwright';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { newCustomer, type TestCustomer } from '../support/customer.js';
import { firefoxLaunchOptions } from '../support/firefox.js';
import { sandboxOf } from '../support/sandbox-client.js';
import { startHost, WIDGET_FOLDER, type Host } from './host-page.js';

const ACCEPTANCE = '**/acceptance-*.js';

let host: Host;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-widget-'));
  await cp(WIDGET_FOLDER, folder, { recursive: true });
  host = await startHost({}, folder);
});
afterAll(async () => {
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

it('a customer whose page lacks a chunk for good is asked to reload it, once, and goes on with what they chose', async () => {
  const { page, customer } = await openOffer();
  await lose(page);
  await button(page, 'Unlock now').click();
  await page.getByText('That didn’t go through').waitFor();
  await expect.poll(() => button(page, 'Try again').count()).toBe(0);
  await page.unroute(ACCEPTANCE);

  await button(page, 'Reload the page').click();
  await button(page, 'Try again').waitFor();
  expect(await button(page, 'Reload the page').count()).toBe(0);
  await button(page, 'Try again').click();

  await expect.poll(async () => (await sandboxOf(host.stack).records(customer)).fulfillments).toHaveLength(1);
});

it('a reload that did not help is not followed by another one: nothing is sold that nobody can buy', async () => {
  const { page, customer } = await openOffer();
  const lost = await lose(page);
  await button(page, 'Unlock now').click();
  await button(page, 'Reload the page').waitFor();
  const loads: string[] = [];
  page.on('load', (loaded) => loads.push(loaded.url()));
  const before = lost.length;
  await button(page, 'Reload the page').click();

  await expect.poll(() => lost.length).toBeGreaterThan(before + 1);

  // The requests come before their answers, and perhaps before the end of the load.
  await expect.poll(() => loads).toHaveLength(1);
  await expect.poll(() => page.getByRole('button').count()).toBe(0);
  expect((await sandboxOf(host.stack).records(customer)).fulfillments).toEqual([]);
});

const installedFirefox = firefoxLaunchOptions();

it.skipIf(!installedFirefox)(
  'a customer of Firefox, which remembers that a chunk failed once, is asked to reload and goes on: the button was dead',
  async () => {
    const customer = await customerOfHost();
    const url = await host.serve({ body: offerFor(customer) });
    const browser = await firefox.launch(installedFirefox);
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    await page.route(ACCEPTANCE, (route) => route.fulfill({ status: 502 }));
    const refused = page.waitForResponse(ACCEPTANCE);
    await page.goto(url);
    await refused;
    await page.unroute(ACCEPTANCE);

    await button(page, 'Unlock now').click();
    await button(page, 'Reload the page').click();
    await button(page, 'Try again').click();

    await expect.poll(async () => (await sandboxOf(host.stack).records(customer)).fulfillments).toHaveLength(1);
  },
);

// The last one, because the chunk does not come back.
it('an offer that was on the page before a deployment can be accepted after it', async () => {
  const { page, customer } = await openOffer();
  await page.route(ACCEPTANCE, async (route) => {
    for (const name of await readdir(folder)) if (name.startsWith('acceptance-')) await rm(join(folder, name));
    await route.continue();
  });
  await page.reload();

  await button(page, 'Unlock now').click();

  await expect.poll(async () => (await sandboxOf(host.stack).records(customer)).fulfillments).toHaveLength(1);
});

async function openOffer(): Promise<{ page: Page; customer: TestCustomer }> {
  const customer = await customerOfHost();
  const { page } = await host.open({ body: offerFor(customer) });
  await button(page, 'Unlock now').waitFor();
  return { page, customer };
}

function customerOfHost(): Promise<TestCustomer> {
  return newCustomer('ordinary', { secret: host.stack.identitySecret });
}

function offerFor({ token }: TestCustomer): string {
  return `<upgrade-offer feature="advanced-analytics" token="${token}"></upgrade-offer>`;
}

/** The page is loaded again without the code that accepts. @returns the addresses that it was asked for at. */
async function lose(page: Page): Promise<string[]> {
  const asked: string[] = [];
  await page.route(ACCEPTANCE, async (route) => {
    asked.push(route.request().url());
    await route.fulfill({ status: 404 });
  });
  await page.reload();
  await button(page, 'Unlock now').waitFor();
  return asked;
}

function button(page: Page, name: string) {
  return page.getByRole('button', { name });
}
