/** The same app in seven frameworks, React in strict mode, with the same expectations for each. */
import type { Page, Route } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sandboxOf } from '../support/sandbox-client.js';
import { startAppHost, type AppHost } from './app-host.js';
import { FRAMEWORKS } from './apps.js';

let host: AppHost;

beforeAll(async () => {
  host = await startAppHost();
});

afterAll(() => host.close());

describe.each(FRAMEWORKS)('an app in %s', (framework) => {
  it('passes attributes, properties and slotted content to the element, which asks once and is viewed once', async () => {
    const { page, customer, requests } = await host.visit(framework);
    const records = () => sandboxOf(host.stack).records(customer);
    await open(page, 'Storage');
    await page.getByRole('region', { name: 'Running out of storage?' }).waitFor();

    const surface = page.locator('upgrade-offer').locator('section');
    expect(await surface.getAttribute('part')).toBe('surface banner');
    await page.getByText('Cancel at any time.').waitFor();
    const events = async () => (await records()).events;
    await expect.poll(events).toMatchObject([{ type: 'viewed' }]);
    expect((await records()).offers).toMatchObject([{ play: 'Add storage' }]);
    // Chargebee may hear of the event before the browser says that it has sent it.
    await expect
      .poll(() => requests.filter((request) => request.startsWith('POST')))
      .toEqual(['POST /offers', expect.stringMatching(/^POST \/offers\/.+\/events$/)]);
  });

  it('changes a property, and the offer that no longer applies is gone', async () => {
    const { page } = await host.visit(framework);
    await open(page, 'Storage');
    await page.getByRole('region').waitFor();

    await page.getByRole('button', { name: 'Delete old files' }).click();
    await page.getByRole('region').waitFor({ state: 'detached' });
  });

  it('gets the event of the acceptance, with its fields', async () => {
    const { page } = await host.visit(framework);
    await open(page, 'Storage');
    await page.getByRole('button', { name: 'Add 100 GB storage' }).click();
    await page.getByText('Accepted: b94e07d2', { exact: true }).waitFor();
  });

  it('unlocks the feature for customers who have paid for it, and for nobody else', async () => {
    const { page } = await host.visit(framework, 'entitled');
    await open(page, 'Analytics');
    await page.getByRole('heading', { name: 'Your dashboards' }).waitFor();

    const other = await host.visit(framework, 'not-entitled');
    await open(other.page, 'Analytics');
    await other.page.getByRole('region', { name: 'Unlock Advanced Analytics' }).waitFor();
    expect(await other.page.getByRole('heading', { name: 'Your dashboards' }).isVisible()).toBe(false);
  });

  it('removes the element, and leaves no listener behind and nothing that an answer could change', async () => {
    const { page } = await host.visit(framework);
    const before = await listenersOf(page);
    await open(page, 'Storage');
    await page.getByRole('region').waitFor();
    expect(await listenersOf(page)).not.toEqual(before);
    await open(page, 'Home');
    await page.getByRole('region').waitFor({ state: 'detached' });
    await expect.poll(() => listenersOf(page)).toEqual(before);

    // Removed before the answer arrives. Its request goes on, for a router that puts the element back.
    const held = new Promise<Route>((resolve) => void page.route('**/offers', resolve));
    await open(page, 'Analytics');
    const asked = await held;
    await open(page, 'Home');
    const answered = page.waitForResponse('**/offers');
    await asked.continue();
    await (await answered).finished();
    expect(await listenersOf(page)).toEqual(before);
    expect(await page.getByRole('region').count()).toBe(0);
  });
});

async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name }).click();
}

/** The types of all listeners on the window and on the document. */
async function listenersOf(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const types = ['window', 'document'].map(async (expression) => {
    const { result } = await session.send('Runtime.evaluate', { expression });
    const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId ?? '' });
    return listeners.map(({ type }) => `${type} on ${expression}`);
  });
  const all = (await Promise.all(types)).flat().toSorted();
  await session.detach();
  return all;
}
