import { afterEach, describe, expect, it, vi } from 'vitest';
import { gate } from '../../widget/index.js';
import { newCustomer } from '../support/customer.js';
import { isCallTo } from '../support/page-network.js';
import { place } from '../support/place.js';
import { ANALYTICS, analyticsDialog, analyticsTitle, sandbox, stack } from '../support/widget-words.js';

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

  it('runs for nobody but the customer who is signed in now', async () => {
    const element = await place({ customer: await newCustomer('entitled'), manual: true });
    const run = vi.fn();
    expect(await gate(ANALYTICS, run)).toBe('granted');
    element.token = (await newCustomer()).token;
    expect(await gate(ANALYTICS, run)).toBe('denied');
    expect(run).toHaveBeenCalledTimes(1);
    await expect.element(analyticsDialog).toBeVisible();
  });

  it('runs for the customer who has signed in with getToken alone', async () => {
    const first = await newCustomer();
    const second = await newCustomer('entitled');
    const element = await place({ getToken: async () => first.token, manual: true });
    expect(await gate(ANALYTICS, vi.fn())).toBe('denied');
    element.getToken = async () => second.token;
    const run = vi.fn();
    expect(await gate(ANALYTICS, run)).toBe('granted');
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('asks with what the page tells its element: the context decides which offer comes', async () => {
    const element = await place({ customer: await newCustomer(), context: { storage_used_percent: 10 }, manual: true });
    element.used = 3;
    const fetching = vi.spyOn(window, 'fetch');
    await gate(ANALYTICS, vi.fn());
    element.context = { storage_used_percent: 90 };
    await gate(ANALYTICS, vi.fn());
    const questions = fetching.mock.calls.filter(([url]) => isCallTo(url, '/offers'));
    expect(questions.map(([, init]) => JSON.parse(String(init?.body)))).toMatchObject([
      { used: 3, context: { storage_used_percent: 10 } },
      { used: 3, context: { storage_used_percent: 90 } },
    ]);
  });

  it('finds the element in a component’s shadow root', async () => {
    const { token } = await newCustomer();
    const component = document.createElement('div');
    const element = document.createElement('upgrade-offer');
    Object.assign(element, { proxy: stack.proxyUrl, token, feature: ANALYTICS, manual: true });
    component.attachShadow({ mode: 'open' }).append(element);
    document.body.append(component);
    expect(await gate(ANALYTICS, vi.fn())).toBe('denied');
    expect(await element.explain()).not.toContain('Nothing was asked yet');
    expect(analyticsDialog.query()).toBeNull();
    component.remove();
  });

  it('learns nothing of a customer whose element has left the page', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const element = await place({ customer: await newCustomer('entitled'), manual: true });
    expect(await gate(ANALYTICS, vi.fn())).toBe('granted');
    element.remove();
    const run = vi.fn();
    expect(await gate(ANALYTICS, run)).toBe('unknown');
    expect(run).not.toHaveBeenCalled();
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
