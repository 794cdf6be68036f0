/** An option that changes the subscription at once says so under the buttons, before it is pressed. */
import { oneEvent } from '@open-wc/testing/pure';
import { afterEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { OptionAction } from '../../../proxy/contract.js';
import { mockScenarios } from '../../../widget/developer/mock-scenarios.js';
import '../../../widget/define.js';
import { LAYOUTS } from '../../../widget/flow/layout.js';
import type { UpgradeOffer } from '../../../widget/index.js';

const CHARGE = 'Changes your subscription. Charged to your payment method on file.';

const buy = page.getByRole('button', { name: 'Buy' });
const talk = page.getByRole('button', { name: 'Talk' });
const line = page.getByText(/Changes your subscription/);

afterEach(() => document.body.replaceChildren());

/** On the page. Its options are called Buy, Upgrade and, where it charges nothing, Talk. @param price as the proxy says it. */
async function offered(
  actions: readonly OptionAction[],
  settings: Partial<UpgradeOffer> = {},
  price?: string,
): Promise<UpgradeOffer> {
  const options = actions.map((action, index) => {
    const label = action === 'billing' ? ['Buy', 'Upgrade'][index] : 'Talk';
    return { id: `opt_${index}`, label, action, ...(price !== undefined && { price }) };
  });
  const offer = { id: `off_${actions.join()}`, title: 'Add seats', description: '', options, expiresAt: Infinity };
  const element = document.createElement('upgrade-offer');
  Object.assign(element, { mock: { ...mockScenarios['one-option'], offers: { offer } }, ...settings });
  const ready = oneEvent(element, 'offer-ready');
  document.body.append(element);
  await ready;
  return element;
}

describe.each(LAYOUTS)('as %s, on the smallest phone', (layout) => {
  it('the line is there with the offer, describes its button, and leaves every button on the screen', async () => {
    await page.viewport(320, 568);
    await offered(['billing', 'billing', 'email'], { layout });
    expect(line.query()).not.toBeNull();
    await expect.element(buy).toHaveAccessibleDescription(`Buy · Upgrade ${CHARGE}`);
    await expect.element(talk).not.toHaveAccessibleDescription();
    for (const button of page.getByRole('button').elements()) {
      await expect.poll(() => button.getBoundingClientRect().bottom).toBeLessThanOrEqual(innerHeight);
      expect(button.getBoundingClientRect().right).toBeLessThanOrEqual(320);
    }
  });
});

it.each([[['billing']], [['billing', 'billing']]] as const)(
  'names none of the options %j, which all charge the same',
  async (actions) => {
    await offered(actions);
    await expect.element(page.getByText(CHARGE, { exact: true })).toBeVisible();
  },
);

it('is not there where no option charges by itself', async () => {
  await offered(['email']);
  await expect.element(talk).toBeVisible();
  expect(line.query()).toBeNull();
});

it('says what the page says, and stays while the acceptance is on its way', async () => {
  const element = await offered(['billing'], { strings: { charge: 'Your card ending in 4242 is charged.' } });
  const said = page.getByText('Your card ending in 4242 is charged.');
  await expect.element(said).toBeVisible();
  const accept = oneEvent(element, 'offer-accept');
  await buy.click();
  (await accept).waitUntil(new Promise(() => {}));
  await expect.element(page.getByRole('button', { name: 'One moment…' })).toHaveAccessibleDescription();
  await expect.element(said).toBeVisible();
});

it('makes way for the price of the page, also for one that the page knows later', async () => {
  const element = await offered(['billing']);
  await expect.element(line).toBeVisible();
  const price = document.createElement('p');
  Object.assign(price, { slot: 'price', textContent: '$24 a month' });
  element.append(price);
  await expect.element(line).not.toBeVisible();
});

describe('a price of `optionNotes`', () => {
  it('stands under the one button in its place', async () => {
    await offered(['billing'], { optionNotes: { opt_0: { price: '$24 a month', note: 'On your next invoice' } } });
    await expect.element(buy).toHaveAccessibleDescription('$24 a month · On your next invoice');
    expect(line.query()).toBeNull();
  });

  it('names its option where another one has none', async () => {
    await offered(['billing', 'billing'], { layout: 'banner', optionNotes: { opt_0: { price: '$24 a month' } } });
    await expect.element(buy).toHaveAccessibleDescription(`Buy $24 a month Upgrade ${CHARGE}`);
  });

  it('stands in its row; the line is about the chosen option', async () => {
    await offered(['billing', 'billing', 'email'], { optionNotes: { opt_0: { price: '$24 a month' } } });
    await expect.element(page.getByText('$24 a month')).toBeVisible();
    expect(line.query()).toBeNull();
    await page.getByRole('radio', { name: 'Upgrade' }).click();
    await expect.element(page.getByRole('button', { name: 'Upgrade' })).toHaveAccessibleDescription(CHARGE);
    await page.getByRole('radio', { name: 'Talk' }).click();
    await expect.element(talk).toBeVisible();
    expect(line.query()).toBeNull();
  });
});

it('a price that the proxy knows stands in its place and in the question, and the price of the page wins', async () => {
  const element = await offered(['billing'], { confirm: true }, '$12.00 today');
  await expect.element(buy).toHaveAccessibleDescription('$12.00 today');
  expect(line.query()).toBeNull();
  await buy.click();
  await expect.element(page.getByRole('status')).toHaveTextContent('$12.00 today');
  await page.getByRole('button', { name: 'Back' }).click();
  element.optionNotes = { opt_0: { price: '$11.00 today' } };
  await expect.element(buy).toHaveAccessibleDescription('$11.00 today');
});
