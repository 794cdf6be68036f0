/** `useOffer`: a component of React that draws the offer itself. */
import { createElement, StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, onTestFinished, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { OfferOptions } from '../../../widget/headless/headless.js';
import { useOffer } from '../../../widget/headless/react.js';
import { newCustomer } from '../../support/customer.js';
import { isCallTo } from '../../support/page-network.js';
import { ANALYTICS, eventsOf, fulfillmentsOf, stack, STORAGE } from '../../support/widget-words.js';

it('asks once in strict mode, and not again when it is drawn again with the same values', async () => {
  const fetching = vi.spyOn(window, 'fetch');
  const { token } = await newCustomer();
  const draw = mount();
  draw({ token, context: { ...STORAGE.context } });
  await expect.element(page.getByRole('heading')).toHaveTextContent('storage');
  draw({ token, context: { ...STORAGE.context }, lang: 'de' });
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect.element(page.getByText('closed')).toBeVisible();
  expect(fetching.mock.calls.filter(([url]) => isCallTo(url, '/offers'))).toHaveLength(1);
});

it('reports what was drawn as viewed, and accepts it', async () => {
  const customer = await newCustomer();
  mount()({ token: customer.token, context: STORAGE.context });
  await expect.element(page.getByRole('heading')).toBeVisible();
  await expect.poll(() => eventsOf(customer)).toEqual(['viewed']);
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect.element(page.getByText('completed')).toBeVisible();
  expect(await fulfillmentsOf(customer)).toHaveLength(1);
});

it('asks as the customer who has signed in since, and forgets an option that is no longer named', async () => {
  const [first, second] = [await newCustomer(), await newCustomer()];
  const draw = mount();
  draw({ token: first.token, feature: ANALYTICS });
  await expect.poll(() => eventsOf(first)).toEqual(['viewed']);
  draw({ token: second.token, context: STORAGE.context });
  await expect.element(page.getByRole('heading')).toHaveTextContent('storage');
  await expect.poll(() => eventsOf(second)).toEqual(['viewed']);
});

function Card(options: OfferOptions): ReactNode {
  const { state, flow } = useOffer(options);
  if (state.status !== 'offered') return createElement('p', null, state.status);
  return createElement(
    'section',
    { ref: flow.seen },
    createElement('h2', null, state.offer.title),
    createElement('button', { onClick: () => void flow.accept() }, 'Accept'),
    createElement('button', { onClick: flow.dismiss }, 'Not now'),
  );
}

/** @returns draws the card, each time in strict mode. */
function mount(): (options: OfferOptions) => void {
  const place = document.body.appendChild(document.createElement('main'));
  const root = createRoot(place);
  onTestFinished(() => {
    root.unmount();
    place.remove();
  });
  return (options) =>
    root.render(createElement(StrictMode, null, createElement(Card, { proxy: stack.proxyUrl, ...options })));
}
