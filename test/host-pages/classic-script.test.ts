/** Pages without modules: one script tag, the same element. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCustomer } from '../support/customer.js';
import { CLASSIC, MODULE, startHost, type Host } from './host-page.js';

let host: Host;

beforeAll(async () => {
  host = await startHost();
});

afterAll(() => host.close());

describe.each([
  ['with the sanitizer of the browser', () => {}],
  ['with DOMPurify', () => Reflect.deleteProperty(Element.prototype, 'setHTML')],
])('the classic script, %s', (_, before) => {
  it('carries an offer from the first look to its end', async () => {
    const { page, complaints } = await host.open({ before, head: CLASSIC, body: await storageOffer() });
    await page.getByRole('button', { name: 'Add 100 GB storage' }).click();
    await page.getByText('All done. Your upgrade is active.').waitFor();
    expect(await complaints()).toEqual([]);
  });
});

it('is one request where the browser can do the rest', async () => {
  const { page } = await host.open({ head: CLASSIC, body: await storageOffer() });
  await page.getByRole('button', { name: 'Add 100 GB storage' }).waitFor();
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => (name.endsWith('.js') ? [new URL(name).pathname] : [])),
  );
  expect(scripts).toEqual(['/upgrade-offer/upgrade-offer.classic.js']);
});

it('brings the fixtures to whoever asks for one', async () => {
  const { page, complaints } = await host.open({
    head: CLASSIC,
    body: '<upgrade-offer mock="pending-long"></upgrade-offer>',
  });
  await page.getByText('Your upgrade is being set up.').waitFor();
  expect(await complaints()).toEqual([]);
});

it('lives beside the module on one page, and the offer is there once', async () => {
  const { page, complaints } = await host.open({ head: CLASSIC + MODULE, body: await storageOffer() });
  await page.getByRole('button', { name: 'Add 100 GB storage' }).waitFor();
  expect(await page.getByRole('region').count()).toBe(1);
  expect(await complaints()).toEqual([]);
});

it('adds no names to the page but the versions that every Lit notes there', async () => {
  const names = () => Object.keys(window).filter((name) => name !== 'violations');
  const bare = await host.open({ head: '', body: '' });
  const { page } = await host.open({ head: CLASSIC, body: await storageOffer() });
  await page.getByRole('button', { name: 'Add 100 GB storage' }).waitFor();
  const added = new Set(await page.evaluate(names));
  for (const name of await bare.page.evaluate(names)) added.delete(name);
  expect([...added].filter((name) => !/^(lit|reactive)\w+(Versions|Metadata)$/.test(name))).toEqual([]);
});

async function storageOffer(): Promise<string> {
  const { token } = await newCustomer('ordinary', { secret: host.stack.identitySecret });
  return `<upgrade-offer layout="banner" token="${token}" context='{"storage_used_percent": 85}'></upgrade-offer>`;
}
