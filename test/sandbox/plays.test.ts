import { describe, expect, it } from 'vitest';
import { isInAudience, type Rule } from '../../demo/sandbox/audience.js';
import { startChargebee } from '../support/chargebee-http.js';

const HOUR_MS = 60 * 60 * 1000;

const { customer, event, accept, report, later } = await startChargebee();

describe('an audience', () => {
  const fields = { plan: 'team-yearly', seats: 10, trial: false, roles: ['admin'] };
  it.each<[Rule, boolean]>([
    [{ field: 'trial', operator: 'is', value: false }, true],
    [{ field: 'trial', operator: 'is', value: true }, false],
    [{ field: 'plan', operator: 'is_not', value: 'free' }, true],
    [{ field: 'plan', operator: 'is_not', value: 'team-yearly' }, false],
    [{ field: 'seats', operator: 'greater_than', value: 10 }, false],
    [{ field: 'seats', operator: 'greater_than_or_equal', value: 10 }, true],
    [{ field: 'seats', operator: 'less_than', value: 11 }, true],
    [{ field: 'plan', operator: 'less_than', value: 11 }, false],
    [{ field: 'plan', operator: 'contains', value: 'team' }, true],
    [{ field: 'seats', operator: 'contains', value: '1' }, false],
    [{ field: 'roles', operator: 'contains', value: 'admin' }, true],
    [{ field: 'roles', operator: 'contains', value: 'adm' }, false],
    [{ field: 'trial', operator: 'exists' }, true],
    [{ field: 'country', operator: 'exists' }, false],
    [{ field: 'country', operator: 'is_not', value: 'FR' }, false],
  ])('with the rule %j: %s', (rule, expected) => {
    expect(isInAudience([rule], fields)).toBe(expected);
  });

  it('excludes everyone whom one of its rules excludes, and includes everyone when it has no rule', () => {
    const one: Rule = { field: 'seats', operator: 'exists' };
    const other: Rule = { field: 'trial', operator: 'is', value: true };
    expect(isInAudience([one, other], fields)).toBe(false);
    expect(isInAudience([], fields)).toBe(true);
  });
});

describe('a request for offers', () => {
  it.each([
    [{ has_advanced_analytics: false }, 'advancedAnalytics'],
    [{ has_advanced_analytics: true }, undefined],
    [{ storage_used_percent: 80 }, 'moreStorage'],
    [{ storage_used_percent: 79.9 }, undefined],
    [{}, undefined],
  ])('with %j gets %s', async (custom, offerId) => {
    expect((await customer().offer(custom))?.offer_id).toBe(offerId);
  });

  it('gets only the offer of the play with the highest priority when several match', async () => {
    const { body } = await customer().asks({ storage_used_percent: 95, has_advanced_analytics: false });
    expect(body.personalized_offers).toMatchObject([{ offer_id: 'advancedAnalytics' }]);
  });

  it('is answered as if fields that are not mapped, or have another type, were missing', async () => {
    const answer = await customer().asks({ storage_used: 95, storage_used_percent: '95' });
    expect(answer).toMatchObject({ status: 200, body: { personalized_offers: [], expires_at: expect.any(Number) } });
  });

  it('gets a new personalized offer of the same base offer each time', async () => {
    const ada = customer();
    const [first, second] = [
      await ada.offer({ storage_used_percent: 90 }),
      await ada.offer({ storage_used_percent: 90 }),
    ];
    expect(second?.id).not.toBe(first?.id);
    expect(second?.offer_id).toBe(first?.offer_id);
  });

  it.each([
    ['nothing', []],
    ['two-options', [{ processing_type: 'url_redirect' }, { processing_type: 'email' }]],
    ['checkout', [{ processing_type: 'checkout', processing_layout: 'full_page' }]],
    ['checkout-in-app', [{ processing_type: 'checkout', processing_layout: 'in_app' }]],
    ['webhook', [{ processing_type: 'webhook' }]],
    ['new-processing-type', [{ processing_type: 'wallet_credit' }]],
  ])('of a customer of scenario %s gets what the scenario says', async (scenario, options) => {
    expect((await customer(scenario).offer())?.options ?? []).toMatchObject(options);
  });

  it('names a brand only where there is one', async () => {
    expect((await customer('branded').asks()).body).toHaveProperty('brand', { id: '1d5', name: 'Acme' });
    expect((await customer().asks()).body).not.toHaveProperty('brand');
  });
});

describe('a dismissed offer', () => {
  it('is not offered to this customer for a day, and the next play takes its place', async () => {
    const [ada, ben] = [customer(), customer()];
    const custom = { storage_used_percent: 95, has_advanced_analytics: false };
    await event(await ada.offer(custom), 'dismissed');

    expect((await ada.offer(custom))?.offer_id).toBe('moreStorage');
    expect((await ben.offer(custom))?.offer_id).toBe('advancedAnalytics');

    later(24 * HOUR_MS - 1);
    expect((await ada.offer(custom))?.offer_id).toBe('moreStorage');
    later(1);
    expect((await ada.offer(custom))?.offer_id).toBe('advancedAnalytics');
  });

  it('differs from a viewed one, which is offered again', async () => {
    const ada = customer();
    await event(await ada.offer({ storage_used_percent: 90 }), 'viewed');
    expect(await ada.offer({ storage_used_percent: 90 })).toBeDefined();
  });
});

describe('an accepted offer', () => {
  it('is not offered again, in progress or completed', async () => {
    const ada = customer();
    const custom = { has_advanced_analytics: false };
    const { body } = await accept(await ada.offer(custom));
    expect(await ada.offer(custom)).toBeUndefined();

    await report(body.offer_fulfillment.id, { status: 'completed' });
    expect(await ada.offer(custom)).toBeUndefined();
  });

  it('is offered again when it failed', async () => {
    const ada = customer('email');
    const { body } = await accept(await ada.offer());
    await report(body.offer_fulfillment.id, { status: 'failed', failure_reason: 'card declined' });
    expect(await ada.offer()).toBeDefined();
  });
});
