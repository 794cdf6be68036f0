/** Plays, audiences, priorities and mapped fields, edited as JSON. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Playbook, PlaybookInput } from '../../demo/sandbox/playbook.js';
import { startChargebee } from '../support/chargebee-http.js';

const { url, control, customer, accept, event, sandbox, post, records } = await startChargebee();

const put = (playbook: unknown) => control<{ message: string }>('PUT', 'plays', playbook);
const current = async () => (await control<Playbook>('GET', 'plays')).body;

type PlayInput = PlaybookInput['plays'][number];

function play(id: string, priority: number, audience: PlayInput['audience'] = []): PlayInput {
  const content = { title: id, description: '' };
  const option = { id: 'o1', label: 'Yes', processing_type: 'email' as const };
  return { name: id, priority, audience, offer: { id, content, options: [option] } };
}

const FIELDS = { 'custom.plan': 'string', 'custom.seats': 'number', 'custom.trial': 'boolean', roles: 'list' } as const;

const ordinary = sandbox.plays.current();
beforeEach(() => sandbox.plays.replace(ordinary));

describe('the plays', () => {
  it('can be read, changed and saved, and apply from the next request', async () => {
    const playbook = await current();
    expect(playbook.plays.map(({ name }) => name)).toEqual(['Unlock analytics', 'Add storage']);
    const both = { has_advanced_analytics: false, storage_used_percent: 90 };
    expect((await customer().offer(both))?.offer_id).toBe('advancedAnalytics');

    const raised = playbook.plays.map((each) => (each.name === 'Add storage' ? { ...each, priority: 99 } : each));
    const answer = await put({ ...playbook, plays: raised });

    expect(answer).toMatchObject({ status: 200, body: { plays: raised } });
    expect((await customer().offer(both))?.offer_id).toBe('moreStorage');
  });

  it.each<[string, NonNullable<PlayInput['audience']>[number], Record<string, unknown>, Record<string, unknown>]>([
    ['is', { field: 'custom.plan', operator: 'is', value: 'free' }, { plan: 'free' }, { plan: 'team' }],
    ['is not', { field: 'custom.plan', operator: 'is_not', value: 'free' }, { plan: 'team' }, { plan: 'free' }],
    [
      'greater or equal',
      { field: 'custom.seats', operator: 'greater_than_or_equal', value: 5 },
      { seats: 5 },
      { seats: 4 },
    ],
    [
      'contains',
      { field: 'custom.plan', operator: 'contains', value: 'year' },
      { plan: 'yearly' },
      { plan: 'monthly' },
    ],
    ['exists', { field: 'custom.trial', operator: 'exists' }, { trial: false }, {}],
  ])('reach whom a rule with "%s" holds for, and nobody else', async (_, rule, inside, outside) => {
    await put({ fields: FIELDS, plays: [play('aimed', 1, [rule])] });
    expect(await customer().offer(inside)).toBeDefined();
    expect(await customer().offer(outside)).toBeUndefined();
  });

  it('can target roles', async () => {
    await put({
      fields: FIELDS,
      plays: [play('admins', 1, [{ field: 'roles', operator: 'contains', value: 'admin' }])],
    });
    const offers = async (roles: string[]) =>
      (await post<{ personalized_offers: unknown[] }>('personalized_offers', { ...customer().ids, roles })).body
        .personalized_offers;
    expect(await offers(['admin', 'billing'])).toHaveLength(1);
    expect(await offers(['reader'])).toHaveLength(0);
  });

  it('are accepted once per offer, play and subscription, so a play with another name may offer it again', async () => {
    await put({ fields: {}, plays: [play('first', 1)] });
    const ada = customer();
    await accept(await ada.offer());
    expect(await ada.offer()).toBeUndefined();

    await put({ fields: {}, plays: [{ ...play('first', 1), name: 'second' }] });
    expect((await ada.offer())?.offer_id).toBe('first');
  });

  it('keep the cooldown of a dismissal when they are edited', async () => {
    await put({ fields: {}, plays: [play('quiet', 1)] });
    const ada = customer();
    await event(await ada.offer(), 'dismissed');
    await put({ fields: {}, plays: [play('quiet', 7)] });
    expect(await ada.offer()).toBeUndefined();
  });
});

describe('a mistake', () => {
  const aimed = (rule: object) => ({ fields: FIELDS, plays: [{ ...play('a', 1), audience: [rule] }] });
  const sells = (option: object) => {
    const { offer, ...rest } = play('a', 1);
    return { fields: {}, plays: [{ ...rest, offer: { ...offer, options: [option] } }] };
  };
  it.each<[string, unknown, string]>([
    ['no plays', { fields: {} }, 'plays: is missing'],
    ['an unknown part', { fields: {}, plays: [], play: 1 }, 'play: is not known'],
    ['a priority that is text', { fields: {}, plays: [{ ...play('a', 1), priority: 'high' }] }, 'plays[0].priority'],
    ['two plays with one name', { fields: {}, plays: [play('a', 1), play('a', 2)] }, 'plays[1].name'],
    [
      'an unknown operator',
      aimed({ field: 'custom.plan', operator: 'like', value: 'x' }),
      'plays[0].audience[0].operator',
    ],
    ['a field that is not mapped', aimed({ field: 'custom.age', operator: 'exists' }), 'custom.age is not mapped'],
    [
      'a rule that never holds',
      aimed({ field: 'custom.seats', operator: 'is', value: 'five' }),
      'plays[0].audience[0].value',
    ],
    ['a field nobody can send', { fields: { age: 'number' }, plays: [] }, 'fields.age: must be custom.<key>'],
    ['an unknown type', sells({ id: 'o', label: 'Yes', processing_type: 'fax' }), 'options[0].processing_type'],
    [
      'a redirect without a URL',
      sells({ id: 'o', label: 'Yes', processing_type: 'url_redirect' }),
      'options[0].redirect_url',
    ],
    ['a label too long', sells({ id: 'o', label: 'Y'.repeat(51), processing_type: 'email' }), '50 characters'],
    ['a list', [1], 'plays: is missing'],
  ])('is named, and loses nothing: %s', async (_, playbook, place) => {
    const before = await current();
    const answer = await put(playbook);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain(place);
    expect(answer.body.message).toContain('Nothing was changed.');
    expect(await current()).toEqual(before);
  });

  it('does not hide the others', async () => {
    const { body } = await put({ fields: { x: 'number' }, plays: [{ ...play('a', 1), priority: null }] });
    expect(body.message).toMatch(/fields\.x.*; plays\[0\]\.priority/);
  });

  it('in the JSON syntax is refused too', async () => {
    const response = await fetch(`${url}/sandbox/plays`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: '{"fields":',
    });
    expect(response.status).toBe(400);
  });
});

describe('a field', () => {
  it('that is not mapped is ignored silently, and the records say so', async () => {
    const ada = customer();
    const answer = await ada.asks({ storage_used: 95, storage_used_percent: '95' });
    expect(answer).toMatchObject({ status: 200, body: { personalized_offers: [] } });
    expect(Object.keys(answer.body)).not.toContain('ignored');
    expect(records().ignored.filter((each) => each.customer_id === ada.ids.customer_id)).toMatchObject([
      {
        fields: [
          'custom.storage_used is not mapped',
          'custom.storage_used_percent is mapped as a number, but is not one',
        ],
      },
    ]);
  });

  it('counts as soon as it is mapped', async () => {
    const rule = { field: 'custom.seats', operator: 'greater_than', value: 9 } as const;
    await put({ fields: FIELDS, plays: [play('seats', 1, [rule])] });
    const ada = customer();
    expect(await ada.offer({ seats: 10 })).toBeDefined();
    expect(records().ignored.filter((each) => each.customer_id === ada.ids.customer_id)).toEqual([]);
  });
});
