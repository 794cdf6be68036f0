import { describe, expect, it, vi } from 'vitest';
import { explain } from '../../../widget/developer/explain.js';
import { BACKDROPS, IF_BUSY, LAYOUTS } from '../../../widget/flow/layout.js';
import type { HiddenState, Hold } from '../../../widget/flow/offer-state.js';
import { ICON_NAMES, MEDIA_LAYOUTS } from '../../../widget/view/extras/extra.js';
import { newCustomer } from '../../support/customer.js';
import { placeUntil } from '../../support/place.js';
import { ANALYTICS } from '../../support/widget-words.js';
import { shownStates } from '../view/notices.js';

const offer = { id: 'off_1', title: 'Reports', description: '', options: [], expiresAt: Infinity };
const HOLDS: readonly Hold[] = ['snoozed', 'shown_elsewhere', 'dialog', 'typing', 'full_screen'];

const HIDDEN_STATES: Readonly<Record<string, HiddenState>> = {
  idle: { status: 'idle' },
  asking: { status: 'asking' },
  unlocked: { status: 'unlocked' },
  empty: { status: 'empty' },
  unanswered: { status: 'unanswered', problem: 'Failed to ask the proxy: no network.' },
  closed: { status: 'closed', offerId: 'off_1' },
  ...Object.fromEntries(HOLDS.map((by) => [`held: ${by}`, { status: 'held', offer, by }])),
};

const VALUES: Readonly<Record<string, readonly string[]>> = {
  layout: LAYOUTS,
  'if-busy': IF_BUSY,
  backdrop: BACKDROPS,
  'media-layout': MEDIA_LAYOUTS,
  icon: ICON_NAMES,
  density: ['compact'],
};

describe('explain()', () => {
  it('names the token when nobody is signed in', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const { element } = await placeUntil('offer-error', { feature: ANALYTICS });
    expect(await element.explain()).toMatch(/401: The request has no identity token.*Set `token`, or `getToken`/);
  });

  it('names the entitlement of a customer who has the feature', async () => {
    const { element } = await placeUntil('offer-unlocked', {
      customer: await newCustomer('entitled'),
      feature: ANALYTICS,
    });
    expect(await element.explain()).toContain('may use the feature');
  });

  it('names the four usual causes of an empty answer', async () => {
    const { element } = await placeUntil('offer-none', { customer: await newCustomer('nothing') });
    const words = await element.explain();
    for (const cause of ['no active play', 'not mapped', 'accepted before', 'cooling down'])
      expect(words).toContain(cause);
  });

  it('names a misspelt attribute, and that no feature was asked about', async () => {
    const { element } = await placeUntil('offer-none', { customer: await newCustomer('nothing') });
    for (const name of ['feture', 'payment-herf']) element.setAttribute(name, 'analytics');
    for (const name of ['class', 'data-test', 'aria-live', 'onclick', 'v-cloak', 'tabindex', 'done-href']) {
      element.setAttribute(name, '');
    }
    const words = await element.explain();
    expect(words.match(/No `feature` was asked about|no attribute `[^`]+`/g)).toEqual([
      'No `feature` was asked about',
      'no attribute `feture`',
      'no attribute `payment-herf`',
    ]);
  });

  it('names a value that an attribute does not take, and finds nothing wrong with those that it takes', () => {
    const asker = document.createElement('upgrade-offer');
    const said = (attribute: string, value: string) => {
      asker.setAttribute(attribute, value);
      const words = explain({ status: 'idle' }, asker);
      asker.removeAttribute(attribute);
      return words;
    };
    for (const [attribute, values] of Object.entries(VALUES)) {
      for (const value of ['', ...values]) expect(said(attribute, value)).not.toContain(attribute);
      expect(said(attribute, 'tight')).toContain(
        `\`${attribute}\` does not take \`tight\`: use one of: ${values.join(', ')}.`,
      );
    }
  });

  it.each([
    ['budget', 'calls per minute'],
    ['upstream_unavailable', 'Chargebee did not answer'],
    ['access_unknown', 'Nobody can tell'],
    ['signed_out', 'Nobody is signed in'],
    ['unknown_feature', 'no feature with the id'],
    ['capped', 'as many offers'],
  ] as const)('names the reason that the proxy gives: %s', (why, words) => {
    expect(explain({ status: 'empty', why })).toContain(words);
  });

  it.each(Object.entries({ ...HIDDEN_STATES, ...shownStates() }))('has a sentence for: %s', (_, state) => {
    expect(explain(state)).toMatch(/^[A-Z].*\.$/);
    expect(explain(state)).not.toMatch(/undefined|\[object/);
  });

  it('has a sentence for a reason that only a newer proxy gives', () => {
    expect(explain({ status: 'empty', why: 'full_moon' })).toMatch(/does not know: full_moon/);
    expect(explain({ status: 'empty', why: 'toString' })).toMatch(/does not know: toString/);
  });

  it('never says of an offer that was not accepted that it was', () => {
    const { 'interrupted, until a reload': outdated, ...states } = shownStates();
    const { offered, accepting, interrupted, gone, ...accepted } = states;
    for (const state of [offered, accepting, interrupted, outdated, gone]) {
      expect(state && explain(state)).not.toContain('was accepted');
    }
    for (const state of Object.values(accepted)) expect(explain(state)).toContain('was accepted');
  });

  it('says that an offer is shown, and which', async () => {
    const { element, event } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    expect(await element.explain()).toBe(`The offer ${event.offer.id} is shown.`);
  });
});
