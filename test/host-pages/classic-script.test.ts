/** Pages without modules: one script tag for the same element. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCustomer } from '../support/customer.js';
import { CLASSIC, MODULE, startHost, type Host } from './host-page.js';

let host: Host;

beforeAll(async () => {
  host = await startHost();
});

afterAll(() => host.close());

describe.each([
  ["with the browser's sanitizer", () => {}],
  ['with DOMPurify', () => Reflect.deleteProperty(Element.prototype, 'setHTML')],
])('the classic script, %s', (_, before) => {
  it('carries an offer from the first view to its end', async () => {
    const { page, complaints } = await host.open({ before, head: CLASSIC, body: await storageOffer() });
    await page.getByRole('button', { name: 'Add 100 GB storage' }).click();
    await page.getByText('Your upgrade is ready to use.').waitFor();
    expect(await complaints()).toEqual([]);
  });
});

it('takes the defaults of the page before it asks, which is once', async () => {
  const { token } = await newCustomer('ordinary', { secret: host.stack.identitySecret });
  const head = `
    <script>
      customElements.whenDefined('upgrade-offer').then(({ configure }) => configure({ lang: 'de', getToken: async () => '${token}' }));
    </script>
    ${CLASSIC}`;
  const body = `<upgrade-offer context='{"storage_used_percent": 85}'></upgrade-offer>`;
  const { page, complaints } = await host.open({ head, body });
  await page.getByRole('button', { name: 'Nicht jetzt' }).waitFor();
  expect(await complaints()).toEqual([]);
  const questions = await page.evaluate(() =>
    performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/offers')),
  );
  expect(questions).toHaveLength(1);
});

it('is one request when the browser can do the rest', async () => {
  // A bar would load what opens its description, too.
  const { page } = await host.open({ head: CLASSIC, body: await storageOffer('inline') });
  await page.getByRole('button', { name: 'Add 100 GB storage' }).waitFor();
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => (name.endsWith('.js') ? [new URL(name).pathname] : [])),
  );
  expect(scripts).toEqual(['/upgrade-offer/upgrade-offer.classic.js']);
});

it('loads the fixtures when a page uses one', async () => {
  const { page, complaints } = await host.open({
    head: CLASSIC,
    body: '<upgrade-offer mock="pending-long"></upgrade-offer>',
  });
  await page.getByText('Setting up your upgrade…').waitFor();
  expect(await complaints()).toEqual([]);
});

it('works beside the module on one page, where the offer is shown once', async () => {
  const { page, complaints } = await host.open({ head: CLASSIC + MODULE, body: await storageOffer() });
  await page.getByRole('button', { name: 'Add 100 GB storage' }).waitFor();
  expect(await page.getByRole('region').count()).toBe(1);
  expect(await complaints()).toEqual([]);
});

it('adds no globals to the page except the version lists that every Lit adds', async () => {
  const names = () => Object.keys(window).filter((name) => name !== 'violations');
  const bare = await host.open({ head: '', body: '' });
  const { page } = await host.open({ head: CLASSIC, body: await storageOffer() });
  await page.getByRole('button', { name: 'Add 100 GB storage' }).waitFor();
  const added = new Set(await page.evaluate(names));
  for (const name of await bare.page.evaluate(names)) added.delete(name);
  expect([...added].filter((name) => !/^(lit|reactive)\w+(Versions|Metadata)$/.test(name))).toEqual([]);
});

async function storageOffer(layout = 'banner'): Promise<string> {
  const { token } = await newCustomer('ordinary', { secret: host.stack.identitySecret });
  return `<upgrade-offer layout="${layout}" token="${token}" context='{"storage_used_percent": 85}'></upgrade-offer>`;
}
