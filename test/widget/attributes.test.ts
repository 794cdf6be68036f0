import { fixture, html } from '@open-wc/testing/pure';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { BACKDROPS, IF_BUSY, LAYOUTS } from '../../widget/flow/layout.js';
import { UpgradeOffer } from '../../widget/index.js';
import { newCustomer } from '../support/customer.js';
import { isCallTo } from '../support/page-network.js';
import { placeUntil } from '../support/place.js';
import { ANALYTICS, stack } from '../support/widget-words.js';

beforeEach(() => {
  vi.spyOn(console, 'warn').mockReturnValue();
});

describe('an attribute that makes no sense', () => {
  it.each<[attribute: string, value: string, property: keyof UpgradeOffer, fallback: unknown, fix: string]>([
    ['layout', 'popup', 'layout', 'inline', `Use one of: ${LAYOUTS.join(', ')}.`],
    ['if-busy', 'banana', 'ifBusy', 'wait', `Use one of: ${IF_BUSY.join(', ')}.`],
    ['backdrop', 'blur', 'backdrop', 'snooze', `Use one of: ${BACKDROPS.join(', ')}.`],
    ['used', 'many', 'used', undefined, 'Use a number, such as 12.'],
    ['used', '-1', 'used', undefined, 'Use a number, such as 12.'],
    ['used', '', 'used', undefined, 'Use a number, such as 12.'],
    ['context', '{seats: 4}', 'context', undefined, 'Use JSON, such as {"seats": 4}.'],
    ['context', '[1]', 'context', undefined, 'Use JSON, such as {"seats": 4}.'],
  ])('is ignored: %s="%s"', async (attribute, value, property, fallback, fix) => {
    const element = await placeManual();
    element.setAttribute(attribute, value);
    await element.updateComplete;
    expect(element[property]).toBe(fallback);
    await expect.poll(() => console.warn).toHaveBeenCalledTimes(1);
    expect(console.warn).toHaveBeenCalledWith(`<upgrade-offer> ignores ${attribute}="${value}". ${fix}`);
  });

  it('is ignored as a property, too', async () => {
    const element = await placeManual();
    const endless: Record<string, unknown> = {};
    endless['self'] = endless;
    Reflect.set(element, 'layout', 'popup');
    Reflect.set(element, 'used', NaN);
    Reflect.set(element, 'context', endless);
    await element.updateComplete;
    expect(element).toMatchObject({ layout: 'inline', used: undefined, context: {} });
    await expect.poll(() => console.warn).toHaveBeenCalledTimes(3);
  });
});

describe('the context', () => {
  it.each<[name: string, value: unknown]>([
    ['as a property', { seats: 4, plan: null, trial: undefined }],
    ['as JSON', '{"seats": 4, "plan": null}'],
  ])('does not lose everything with a field that is absent, %s, and nobody is warned', async (_, value) => {
    const element = await placeManual();
    Reflect.set(element, 'context', value);
    await element.updateComplete;
    expect(element.context).toEqual({ seats: 4 });
    await import('../../widget/developer/ignored.js');
    expect(console.warn).not.toHaveBeenCalled();
  });

  it.each<[name: string, value: unknown]>([
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['[object Object]', { name: 'team' }],
  ])('is sent without a field that is %s, which the console names', async (name, value) => {
    const element = await placeManual();
    Reflect.set(element, 'context', { seats: 4, plan: value });
    await element.updateComplete;
    expect(element.context).toEqual({ seats: 4 });
    await expect
      .poll(() => console.warn)
      .toHaveBeenCalledWith(
        `<upgrade-offer> ignores context.plan="${name}". Use a text, true, false or a finite number, such as 4.`,
      );
  });
});

it('takes attributes that make sense, and does not warn', async () => {
  const element = await fixture<UpgradeOffer>(html`
    <upgrade-offer
      manual
      layout="banner"
      used="12.5"
      context='{"seats": 4, "trial": true, "plan": "team"}'
    ></upgrade-offer>
  `);
  expect(element).toMatchObject({ layout: 'banner', used: 12.5, context: { seats: 4, trial: true, plan: 'team' } });
  for (const name of ['layout', 'used', 'context', 'feature', 'token', 'proxy']) element.removeAttribute(name);
  await element.updateComplete;
  expect(element).toMatchObject({ layout: 'inline', used: undefined, context: undefined });
  expect(console.warn).not.toHaveBeenCalled();
});

it('asks the place it was loaded from when it is told of no proxy', async () => {
  const element = await placeManual();
  expect(element.proxy).toBe(`${location.origin}/widget/`);
});

it('takes properties that were set before the script was there', async () => {
  const { token } = await newCustomer('entitled');
  class LateOffer extends UpgradeOffer {}
  const element = document.createElement('late-offer');
  Object.assign(element, { token, proxy: stack.proxyUrl, feature: ANALYTICS });
  const unlocked = new Promise((resolve) => element.addEventListener('offer-unlocked', resolve));
  document.body.append(element);
  customElements.define('late-offer', LateOffer);
  await unlocked;
  element.remove();
});

it('tells Chargebee where the customer is, without what stands in the query', async () => {
  const fetching = vi.spyOn(window, 'fetch');
  await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
  const [, init] = fetching.mock.calls.find(([url]) => isCallTo(url, '/offers')) ?? [];
  expect(JSON.parse(String(init?.body))).toEqual({
    feature: ANALYTICS,
    page: expect.objectContaining({ url: location.origin + location.pathname, timezone: expect.any(String) }),
  });
});

function placeManual(): Promise<UpgradeOffer> {
  return fixture<UpgradeOffer>(html`<upgrade-offer manual></upgrade-offer>`);
}
