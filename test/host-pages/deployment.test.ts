/** A page that stays open while another version of the widget is deployed. */
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newCustomer, type TestCustomer } from '../support/customer.js';
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
  expect(await button(page, 'Try again').count()).toBe(0);
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

  expect(loads).toHaveLength(1);
  expect(await page.getByRole('button').count()).toBe(0);
  expect((await sandboxOf(host.stack).records(customer)).fulfillments).toEqual([]);
});

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
  const customer = await newCustomer('ordinary', { secret: host.stack.identitySecret });
  const { page } = await host.open({
    body: `<upgrade-offer feature="advanced-analytics" token="${customer.token}"></upgrade-offer>`,
  });
  await button(page, 'Unlock now').waitFor();
  return { page, customer };
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
