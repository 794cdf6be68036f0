import { describe, expect, it, vi } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { placeUntil } from '../../support/place.js';
import { status, STORAGE } from '../../support/widget-words.js';

describe('what the tab remembers', () => {
  it('is not needed: an acceptance also goes through without storage', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...STORAGE });
    await element.accept();
    await expect.element(status).toHaveTextContent('Your upgrade is ready to use.');
  });
});
