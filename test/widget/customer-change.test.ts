/** Another customer signs in without a reload: nothing of the one before is left on the page. */
import { afterEach, describe, expect, it } from 'vitest';
import { pageMemory } from '../../widget/flow/question/page-memory.js';
import { configure, type UpgradeOffer } from '../../widget/index.js';
import { newCustomer, type TestCustomer } from '../support/customer.js';
import { place } from '../support/place.js';
import { ANALYTICS, analyticsCard, carryOn, fulfillmentsOf, reports, stack, unlock } from '../support/widget-words.js';

afterEach(() => {
  pageMemory().said = undefined;
});

describe.each<[way: string, signIn: (element: UpgradeOffer, customer: TestCustomer) => void]>([
  ['another token', (element, { token }) => (element.token = token)],
  ['another getToken', (element, { token }) => (element.getToken = async () => token)],
  ['configure()', (_, { token }) => configure({ token })],
])('signed in by %s', (way, signIn) => {
  it('a customer who has the feature sees it, and no offer', async () => {
    const element = await placeFor(await newCustomer());
    await expect.element(analyticsCard).toBeVisible();
    signIn(element, await newCustomer('entitled'));
    await expect.element(reports).toBeVisible();
    expect(analyticsCard.query()).toBeNull();
  });

  it('a customer without the feature does not see it', async () => {
    const element = await placeFor(await newCustomer('entitled'));
    await expect.element(reports).toBeVisible();
    signIn(element, await newCustomer());
    await expect.element(analyticsCard).toBeVisible();
    await expect.element(reports).not.toBeVisible();
  });

  it('a customer is not told of the acceptance that is under way', async () => {
    const [first, second] = [await newCustomer(), await newCustomer()];
    const element = await placeFor(first);
    element.addEventListener('offer-redirect', (event) => event.preventDefault());
    await unlock.click();
    await expect.element(carryOn).toBeVisible();
    signIn(element, second);
    await expect.element(unlock).toBeVisible();
    expect(carryOn.query()).toBeNull();
    expect(await fulfillmentsOf(second)).toEqual([]);
  });

  async function placeFor({ token }: TestCustomer): Promise<UpgradeOffer> {
    if (way === 'another token') return place({ token, feature: ANALYTICS });
    if (way === 'another getToken') return place({ getToken: async () => token, feature: ANALYTICS });
    configure({ proxy: stack.proxyUrl, token });
    return place({ feature: ANALYTICS });
  }
});
