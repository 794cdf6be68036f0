import { decodeJwt } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { newCustomer } from '../../support/customer.js';
import { place, placeUntil } from '../../support/place.js';
import { ANALYTICS } from '../../support/widget-words.js';

const panel = page.getByRole('complementary', { name: 'Why there is an upgrade offer, or none' });

afterEach(() => {
  history.replaceState(null, '', location.pathname);
  document.querySelector('upgrade-offer-debug')?.remove();
});

describe('?upgrade-offer-debug', () => {
  it('shows the same in a panel, for each element, and follows it', async () => {
    history.replaceState(null, '', '?upgrade-offer-debug');
    const element = await place({ customer: await newCustomer(), feature: ANALYTICS });
    await expect.element(panel).toBeVisible();
    await expect.poll(said).toMatch(/<upgrade-offer feature="advanced-analytics" layout="inline">.*is shown/);
    await place({ customer: await newCustomer('nothing'), layout: 'banner' });
    await expect.poll(said).toMatch(/is shown.*layout="banner">.*no active play/);
    element.snooze();
    await expect.poll(said).toMatch(/snoozed/);
  });

  it('says what was sent for whom, when the token ends, and the request id: never the token', async () => {
    history.replaceState(null, '', '?upgrade-offer-debug');
    const customer = await newCustomer();
    await place({ customer, feature: ANALYTICS, context: { storage_used_percent: 92 } });
    await panel.getByRole('button', { name: 'Ask again' }).click();
    await expect.element(panel.getByRole('button', { name: 'Copy the request id' })).toBeVisible();
    const call = panel.getByRole('region', { name: 'The last call' });
    await expect.element(call.getByText(`customer ${customer.customerId}, subscription`)).toBeVisible();
    await expect
      .element(call.getByText(/"feature": "advanced-analytics"/))
      .toHaveTextContent(/"storage_used_percent": 92/);
    await expect.element(call.getByText(/^200, request id [\w-]{8,}/)).toBeVisible();
    const { exp = 0 } = decodeJwt(customer.token);
    await expect.element(call.getByText(new Date(exp * 1_000).toLocaleString())).toBeVisible();
    expect(said()).not.toContain(customer.token);
  });

  it('is the only thing that opens it', async () => {
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    expect(panel.query()).toBeNull();
  });
});

function said(): string {
  return document.querySelector('upgrade-offer-debug')?.shadowRoot?.textContent ?? '';
}
