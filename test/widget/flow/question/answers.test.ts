import { describe, expect, it } from 'vitest';
import { readAnswer, readOffer, readProblem } from '../../../../widget/flow/question/answers.js';

const offer = {
  id: 'off_1',
  title: 'More storage',
  description: '',
  options: [{ id: 'opt_1', label: 'Add 100 GB' }],
  expiresAt: 1_700_000_000_000,
};

describe('an answer', () => {
  it.each<[string, object]>([
    ['an offer', { offer }],
    ['access and no offer', { access: 'granted', offer: null, why: 'entitled' }],
    ['a reason that only a newer proxy gives', { offer: null, why: 'full_moon' }],
  ])('is read as it is: %s', (_, body) => {
    expect(readAnswer(body)).toEqual(body);
  });

  it('loses what the widget does not know', () => {
    expect(readAnswer({ offer: null, why: 7, price: 'free' })).toEqual({ offer: null });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', '<!doctype html>'],
    ['no word about an offer', { why: 'no_match' }],
    ['access that is no access', { access: 'maybe', offer: null }],
    ['an offer without options', { offer: { ...offer, options: [] } }],
    ['an option without a label', { offer: { ...offer, options: [{ id: 'opt_1' }] } }],
    ['a title that is no text', { offer: { ...offer, title: { en: 'More storage' } } }],
  ])('is refused: %s', (_, body) => {
    expect(() => readAnswer(body)).toThrow(expect.objectContaining({ name: 'ProxyError', code: 'unreadable' }));
  });
});

it('an offer is believed where its fields are what they should be: a brand that is none is left out', () => {
  expect(readOffer({ ...offer, brand: { id: 'b', name: 'Acme' } }).brand).toEqual({ id: 'b', name: 'Acme' });
  for (const brand of [null, 'Acme', { id: 7, name: 'Acme' }]) expect(readOffer({ ...offer, brand })).toEqual(offer);
});

it('a campaign that is no text is left out: pages group their figures by it', () => {
  expect(readOffer({ ...offer, campaignId: 'c_1' }).campaignId).toBe('c_1');
  for (const campaignId of [null, 7, { id: 'c_1' }]) expect(readOffer({ ...offer, campaignId })).toEqual(offer);
});

it('an offer without an end does not end', () => {
  expect(readOffer({ ...offer, expiresAt: undefined }).expiresAt).toBe(Infinity);
});

describe('a problem', () => {
  it('is told by its code, its detail and the id that finds it in the log', () => {
    const problem = { code: 'budget_used_up', title: 'Too many calls', detail: 'try again later', requestId: 'req_1' };
    const error = readProblem(problem, '/offers answered 503', new Response(null, { status: 503 }));
    expect(error).toMatchObject({ code: 'budget_used_up', requestId: 'req_1' });
    expect(error.message).toContain('/offers answered 503: try again later');
  });

  it('is read with care: what is no text is left out', () => {
    const problem = { code: 'internal', title: 'It failed', detail: { en: 'secret' }, requestId: 7 };
    const error = readProblem(problem, '/offers answered 500', new Response(null, { status: 500 }));
    expect(error.requestId).toBeUndefined();
    expect(error.message).toContain('/offers answered 500: It failed');
  });

  it('without a code comes from something else, and is unreadable', () => {
    expect(readProblem('Bad Gateway', '/offers answered 502', new Response(null, { status: 502 })).code).toBe(
      'unreadable',
    );
  });
});
