import { afterEach, describe, expect, it, vi } from 'vitest';
import { gate } from '../../widget/index.js';
import { newCustomer } from '../support/customer.js';
import { place } from '../support/place.js';
import { ANALYTICS, analyticsDialog, analyticsTitle, sandbox } from '../support/widget-words.js';

afterEach(async () => {
  for (const left of document.querySelectorAll('body > upgrade-offer')) left.remove();
  await sandbox.behave();
});

describe('gate(feature, run)', () => {
  it('runs for a customer who may use the feature, and sells nothing', async () => {
    await place({ customer: await newCustomer('entitled'), manual: true });
    const run = vi.fn();
    expect(await gate(ANALYTICS, run)).toBe('granted');
    expect(run).toHaveBeenCalledTimes(1);
    expect(analyticsTitle.query()).toBeNull();
  });

  it('shows the offer to a customer who may not, over the page, and does not run', async () => {
    await place({ customer: await newCustomer(), manual: true });
    const run = vi.fn();
    expect(await gate(ANALYTICS, run)).toBe('denied');
    await expect.element(analyticsDialog).toBeVisible();
    expect(run).not.toHaveBeenCalled();
  });

  it('shows it where the page has a place for it, and once', async () => {
    await place({ customer: await newCustomer(), feature: ANALYTICS, manual: true });
    await gate(ANALYTICS, vi.fn());
    await gate(ANALYTICS, vi.fn());
    await expect.element(analyticsTitle).toBeVisible();
    expect(analyticsTitle.elements()).toHaveLength(1);
    expect(analyticsDialog.query()).toBeNull();
    expect(document.querySelectorAll('upgrade-offer')).toHaveLength(1);
  });

  it('neither runs nor sells while nobody can say', async () => {
    await sandbox.misbehave({ operation: 'subscription_entitlements', kind: 'unavailable' });
    await place({ customer: await newCustomer(), manual: true });
    const run = vi.fn();
    expect(await gate(ANALYTICS, run)).toBe('unknown');
    expect(run).not.toHaveBeenCalled();
    expect(analyticsTitle.query()).toBeNull();
  });

  it.each([
    ['the proxy is not there', { proxy: 'http://127.0.0.1:1/upgrade-offer' }],
    ['nobody is signed in', {}],
  ])('neither runs nor sells when %s, and says why in the console', async (_, placing) => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    await place({ manual: true, ...placing });
    const run = vi.fn();
    expect(await gate(ANALYTICS, run)).toBe('unknown');
    expect(run).not.toHaveBeenCalled();
    expect(analyticsTitle.query()).toBeNull();
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('runs nothing and sells nothing'));
  });

  it('needs an element on the page to learn the customer from, and says so', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    expect(await gate(ANALYTICS, vi.fn())).toBe('unknown');
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('Add one'));
  });

  it('hands on what the page’s own code throws', async () => {
    await place({ customer: await newCustomer('entitled'), manual: true });
    const run = () => {
      throw new Error('the export failed');
    };
    await expect(gate(ANALYTICS, run)).rejects.toThrow('the export failed');
  });
});
