import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { gate } from '../../widget/index.js';
import { newCustomer } from '../support/customer.js';
import { sandboxOf } from '../support/sandbox-client.js';
import { place } from '../support/place.js';

const ANALYTICS = 'advanced-analytics';

const sandbox = sandboxOf(inject('stack'));
const dialog = page.getByRole('dialog', { name: 'Unlock Advanced Analytics' });
const heading = page.getByRole('heading', { name: 'Unlock Advanced Analytics' });

beforeEach(() => {
  sessionStorage.clear();
});

afterEach(async () => {
  vi.restoreAllMocks();
  for (const left of document.querySelectorAll('body > upgrade-offer')) left.remove();
  await sandbox.behave();
});

describe('gate(feature, run)', () => {
  it('runs for who may use the feature, and sells nothing', async () => {
    await place({ customer: await newCustomer('entitled'), manual: true });
    const run = vi.fn();
    expect(await gate(ANALYTICS, run)).toBe('granted');
    expect(run).toHaveBeenCalledTimes(1);
    expect(heading.query()).toBeNull();
  });

  it('shows the offer to who may not, over the page, and does not run', async () => {
    await place({ customer: await newCustomer(), manual: true });
    const run = vi.fn();
    expect(await gate(ANALYTICS, run)).toBe('denied');
    await expect.element(dialog).toBeVisible();
    expect(run).not.toHaveBeenCalled();
  });

  it('shows it where the page has a place for it, and once', async () => {
    await place({ customer: await newCustomer(), feature: ANALYTICS, manual: true });
    await gate(ANALYTICS, vi.fn());
    await gate(ANALYTICS, vi.fn());
    await expect.element(heading).toBeVisible();
    expect(heading.elements()).toHaveLength(1);
    expect(dialog.query()).toBeNull();
    expect(document.querySelectorAll('upgrade-offer')).toHaveLength(1);
  });

  it('neither runs nor sells while nobody can tell', async () => {
    await sandbox.misbehave({ operation: 'subscription_entitlements', kind: 'unavailable' });
    await place({ customer: await newCustomer(), manual: true });
    const run = vi.fn();
    expect(await gate(ANALYTICS, run)).toBe('unknown');
    expect(run).not.toHaveBeenCalled();
    expect(heading.query()).toBeNull();
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
    expect(heading.query()).toBeNull();
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
