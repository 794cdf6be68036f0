import { describe, expect, it, vi } from 'vitest';
import type { Asker } from '../../../../widget/flow/question/question.js';
import { receiptName } from '../../../../widget/flow/receipt-name.js';
import { keep } from '../../../../widget/flow/storage.js';
import { newCustomer, type TestCustomer } from '../../../support/customer.js';
import { acceptAndLeave, placeUntil } from '../../../support/place.js';
import { ANALYTICS, stack, unlock } from '../../../support/widget-words.js';

describe('what the session keeps of an acceptance', () => {
  it('is another customer’s business only', async () => {
    await acceptAndLeave({ customer: await newCustomer(), feature: ANALYTICS });
    const fetching = vi.spyOn(window, 'fetch');
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    expect(fetching.mock.calls.filter(([url]) => String(url).includes('/fulfillments/'))).toEqual([]);
  });

  it.each([
    ['a number', '7'],
    ['somebody else’s fulfillment', JSON.stringify({ offer: anOffer('<b>Free</b>'), fulfillmentId: 'not_ours' })],
    ['a path', JSON.stringify({ offer: anOffer('Free'), fulfillmentId: '../offers' })],
  ])('is not believed: %s', async (_, kept) => {
    const customer = await newCustomer();
    await acceptAndLeave({ customer, feature: ANALYTICS });
    const name = Object.keys(sessionStorage)[0] ?? '';
    const other = await newCustomer();
    sessionStorage.setItem(
      name.replace(customer.customerId, other.customerId).replace(customer.subscriptionId, other.subscriptionId),
      kept,
    );
    await placeUntil('offer-ready', { customer: other, feature: ANALYTICS });
    await expect.element(unlock).toBeVisible();
    expect(Object.keys(sessionStorage)).toEqual([name]);
  });

  it.each([
    ['a slash and a space', 'ful/1 2', 'ful%2F1%202'],
    ['a per cent sign', 'ful%2F1', 'ful%252F1'],
    ['a query and a fragment', 'ful?a=1#b', 'ful%3Fa%3D1%23b'],
    ['other letters', 'ful_é', 'ful_%C3%A9'],
  ])('names a fulfillment whose id has %s by a path that is encoded once', async (_, fulfillmentId, encoded) => {
    const customer = await newCustomer();
    keep(receiptName(askerOf(customer)), { offer: anOffer('Kept'), fulfillmentId });
    const fetching = vi.spyOn(window, 'fetch');
    await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const paths = fetching.mock.calls.map(([url]) => String(url)).filter((url) => url.includes('/fulfillments/'));
    expect(paths).toEqual([`${stack.proxyUrl}/fulfillments/${encoded}`]);
  });
});

function askerOf({ token }: TestCustomer): Asker {
  const [getToken, used, context] = [undefined, undefined, undefined];
  return { proxy: stack.proxyUrl, token, getToken, feature: ANALYTICS, used, context, lang: '' };
}

function anOffer(title: string) {
  return {
    id: 'o1',
    title,
    description: '',
    options: [{ id: 'p1', label: 'Take it' }],
    expiresAt: Date.now() + 60_000,
  };
}
