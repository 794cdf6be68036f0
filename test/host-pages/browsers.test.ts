/** Browsers that lack something new, and browsers that keep nothing for the site. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { chromiumLaunchOptions } from '../support/chromium.js';
import { newCustomer, type TestCustomer } from '../support/customer.js';
import { sandboxOf } from '../support/sandbox-client.js';
import { startHost, type Host, type HostPage } from './host-page.js';

const GATED_APP = `
  import { gate } from '/upgrade-offer/upgrade-offer.js';
  document.title = 'access: ' + (await gate('advanced-analytics', () => document.body.append('It ran')));
`;

let host: Host;

beforeAll(async () => {
  host = await startHost();
});

afterAll(() => host.close());

describe.each<[string, () => void]>([
  ['URL.parse', () => Reflect.deleteProperty(URL, 'parse')],
  ['Element.setHTML', () => Reflect.deleteProperty(Element.prototype, 'setHTML')],
  ['dialog.closedBy', () => Reflect.deleteProperty(HTMLDialogElement.prototype, 'closedBy')],
  ['Temporal', () => Reflect.deleteProperty(window, 'Temporal')],
  ['Object.groupBy', () => Reflect.deleteProperty(Object, 'groupBy')],
  ['Trusted Types', () => Reflect.deleteProperty(window, 'trustedTypes')],
  ['Web Locks', () => Reflect.deleteProperty(Navigator.prototype, 'locks')],
  ['BroadcastChannel', () => Reflect.deleteProperty(window, 'BroadcastChannel')],
  ['storage', refuseStorage],
  ['anything that it keeps for the site', refuseAll],
  ['cookies', refuseCookies],
])('a browser without %s', (_, before) => {
  it('carries an offer from the first view to its end', async () => {
    const customer = await customerOfHost();
    const { page, complaints } = await host.open({ before, body: storageOffer(customer, 'modal') });
    await page.getByRole('button', { name: 'Add 100 GB storage' }).waitFor();
    await expect.poll(() => told(customer)).toEqual(['viewed']);
    await page.getByRole('button', { name: 'Add 100 GB storage' }).click();
    await page.getByText('Your upgrade is ready to use.').waitFor();
    expect(await complaints()).toEqual([]);
  });

  it('leads on to the page that an acceptance needs, which once "did not go through"', async () => {
    const { token } = await customerOfHost('checkout');
    const { page } = await host.open({ before, body: `<upgrade-offer token="${token}"></upgrade-offer>` });
    await page.getByRole('button', { name: 'Buy now' }).click();
    await page.waitForURL('**/pages/v4/**');
  });

  it('tells Chargebee of a dismissal', async () => {
    const customer = await customerOfHost();
    const { page, complaints } = await host.open({ before, body: storageOffer(customer) });
    await page.getByRole('button', { name: 'Not now' }).click();
    await expect.poll(() => told(customer)).toEqual(['viewed', 'dismissed']);
    await expect.poll(() => page.getByRole('button').count()).toBe(0);
    expect(await complaints()).toEqual([]);
  });
});

it('a dialog in German without Element.setHTML fetches the sanitizer and the words side by side', async () => {
  const { page } = await host.open({
    before: () => Reflect.deleteProperty(Element.prototype, 'setHTML'),
    head: '',
    body: `<div lang="de">${storageOffer(await customerOfHost(), 'modal')}</div>`,
  });
  // Held back, so that neither request can have waited for the other.
  await page.route(/[/](de|purifier)[.]js$/, () => {});
  const asked = Promise.all([page.waitForRequest('**/de.js'), page.waitForRequest('**/purifier.js')]);
  await page.addScriptTag({ type: 'module', url: '/upgrade-offer/upgrade-offer.js' });
  await asked;
});

it('a Chromium that blocks the data of all sites shows the offer and carries it to its end', async ({ skip }) => {
  const url = await host.serve({ body: storageOffer(await customerOfHost(), 'modal') });
  const page = await (await chromiumWithoutSiteData()).newPage();
  await page.goto(url);
  const isRefused = await page.evaluate(() =>
    navigator.locks.request('any', () => false).catch(({ name }: Error) => name === 'SecurityError'),
  );
  skip(!isRefused, 'the Chromium in the npm package is a headless shell, which has no such setting');
  await page.getByRole('button', { name: 'Add 100 GB storage' }).click();
  await page.getByText('Your upgrade is ready to use.').waitFor();
});

describe.each<[string, () => void]>([
  ['AbortSignal.any', () => Reflect.deleteProperty(AbortSignal, 'any')],
  ['AbortSignal.timeout', () => Reflect.deleteProperty(AbortSignal, 'timeout')],
  ['Promise.withResolvers', () => Reflect.deleteProperty(Promise, 'withResolvers')],
  ['URL.canParse', () => Reflect.deleteProperty(URL, 'canParse')],
  ['Array.toReversed', () => Reflect.deleteProperty(Array.prototype, 'toReversed')],
  ['Element.checkVisibility', () => Reflect.deleteProperty(Element.prototype, 'checkVisibility')],
  ['light-dark()', () => void (CSS.supports = () => false)],
])('a browser without %s', (_, before) => {
  it('shows the page as it is, asks nothing, and says so once', async () => {
    const { page, complaints, warnings } = await host.open({ before, body: twoGates(await customerOfHost()) });
    await expectSilence({ page, complaints, warnings });
  });
});

it('gate() runs nothing and sells nothing where the element is not defined', async () => {
  const before = () => void (CSS.supports = () => false);
  const { page } = await host.open({
    before,
    head: '<script type="module" src="/app.js"></script>',
    scripts: { '/app.js': GATED_APP },
    body: twoGates(await customerOfHost('entitled')),
  });
  await expect.poll(() => page.title()).toBe('access: unknown');
  expect(await page.getByText('It ran').count()).toBe(0);
});

describe('a page that requires Trusted Types', () => {
  const headers = { 'Content-Security-Policy': "require-trusted-types-for 'script'; trusted-types the-page" };

  it("is shown as it is without the widget's policy, and its console says which one is missing", async () => {
    const { page, warnings } = await host.open({ headers, body: twoGates(await customerOfHost()) });
    await expect.poll(() => warnings()).toEqual([expect.stringContaining('trusted-types upgrade-offer')]);
    await page.getByText('The reports').first().waitFor();
  });
});

it("a page that allows other policies only, but requires none, gets the widget's offers", async () => {
  const customer = await customerOfHost();
  const headers = { 'Content-Security-Policy': 'trusted-types the-page' };
  const { page } = await host.open({ headers, body: storageOffer(customer) });
  await page.getByRole('button', { name: 'Add 100 GB storage' }).click();
  await page.getByText('Your upgrade is ready to use.').waitFor();
});

async function expectSilence({ page, complaints, warnings }: HostPage): Promise<void> {
  await expect.poll(() => warnings()).toEqual([expect.stringMatching(/does nothing here: it needs .*Safari 17\.5/)]);
  await page.waitForLoadState('networkidle');
  const asked = await page.evaluate(() =>
    performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/offers')),
  );
  expect(asked).toEqual([]);
  await expect.poll(() => page.getByText('The reports').count()).toBe(2);
  expect(await complaints()).toEqual([]);
}

function customerOfHost(scenario = 'ordinary'): Promise<TestCustomer> {
  return newCustomer(scenario, { secret: host.stack.identitySecret });
}

function storageOffer({ token }: TestCustomer, layout = 'inline'): string {
  return `<upgrade-offer layout="${layout}" token="${token}" context='{"storage_used_percent": 85}'></upgrade-offer>`;
}

function twoGates({ token }: TestCustomer): string {
  const gate = `<upgrade-offer feature="advanced-analytics" token="${token}"><p slot="unlocked">The reports</p></upgrade-offer>`;
  return gate + gate;
}

/** What Chargebee has heard of this customer's offer, in turn. */
async function told(customer: TestCustomer): Promise<string[]> {
  const { events } = await sandboxOf(host.stack).records(customer);
  return events.map(({ type }) => type);
}

function refuseStorage(): void {
  const refuse = {
    get: () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
  };
  for (const name of ['sessionStorage', 'localStorage', 'indexedDB']) Object.defineProperty(window, name, refuse);
}

/** As with "block all cookies" in its settings. */
async function chromiumWithoutSiteData(): Promise<BrowserContext> {
  const profile = await mkdtemp(join(tmpdir(), 'upgrade-offer-'));
  await mkdir(join(profile, 'Default'));
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  const context = await chromium.launchPersistentContext(profile, await chromiumLaunchOptions());
  onTestFinished(async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  });
  return context;
}

/** Cookies are blocked (Firefox is the strictest), or the page is in a sandbox. */
function refuseAll(): void {
  const refusal = new DOMException('The operation is insecure.', 'SecurityError');
  // Not an arrow: it is called with `new`, too.
  const refuse = function refuse(): never {
    throw refusal;
  };
  for (const name of ['sessionStorage', 'localStorage', 'indexedDB']) {
    Object.defineProperty(window, name, { get: refuse });
  }
  Object.assign(window, { BroadcastChannel: refuse });
  navigator.locks.request = () => Promise.reject(refusal);
  navigator.locks.query = () => Promise.reject(refusal);
}

function refuseCookies(): void {
  Object.defineProperty(document, 'cookie', {
    get: () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
  });
}
