import { describe, expect, it } from 'vitest';
import type { Offer, OfferAnswer, Outcome } from '../../../proxy/contract.js';
import { isOpen, isShown, transition, type OfferAction, type OfferState } from '../../../widget/flow/offer-state.js';

const offer: Offer = {
  id: 'offer_1',
  title: 'More storage',
  description: '',
  options: [{ id: 'opt_1', label: 'Add 100 GB' }],
  expiresAt: 0,
};
const other: Offer = { ...offer, id: 'offer_2' };

const pending: Outcome = { status: 'pending', fulfillmentId: 'ful_1', pollAfterMs: 1_000 };
const completed: Outcome = { status: 'completed', fulfillmentId: 'ful_1' };

const asking: OfferState = { status: 'asking' };
const offered: OfferState = { status: 'offered', offer };
const accepting: OfferState = { status: 'accepting', offer, optionId: 'opt_1' };

function after(state: OfferState, ...actions: OfferAction[]): OfferState {
  return actions.reduce(transition, state);
}

function answered(answer: OfferAnswer): OfferAction {
  return { type: 'answered', answer };
}

describe('an answer', () => {
  it.each<[string, OfferAnswer, OfferState]>([
    ['shows the offer', { offer }, { status: 'offered', offer }],
    ['unlocks a granted feature', { access: 'granted', offer: null, why: 'entitled' }, { status: 'unlocked' }],
    ['unlocks it even if an offer came along', { access: 'granted', offer }, { status: 'unlocked' }],
    ['sells a denied feature', { access: 'denied', offer }, { status: 'offered', offer }],
    ['says why there is nothing', { offer: null, why: 'no_match' }, { status: 'empty', why: 'no_match' }],
    [
      'locks a denied feature that is not for sale',
      { access: 'denied', offer: null, why: 'no_match' },
      { status: 'empty', access: 'denied', why: 'no_match' },
    ],
    [
      'neither unlocks nor sells while access is unknown',
      { access: 'unknown', offer },
      { status: 'empty', access: 'unknown' },
    ],
  ])('%s', (_, answer, state) => {
    expect(after(asking, answered(answer))).toEqual(state);
  });

  it('that comes after everything was forgotten changes nothing', () => {
    expect(after({ status: 'idle' }, answered({ offer }))).toEqual({ status: 'idle' });
  });

  it('replaces the offer with another one, and does not touch the same one', () => {
    expect(after(offered, answered({ offer: other }))).toEqual({ status: 'offered', offer: other });
    expect(after(offered, answered({ offer: { ...offer } }))).toBe(offered);
  });

  it('takes an offer away that is no longer for this customer', () => {
    expect(after(offered, answered({ offer: null, why: 'no_match' }))).toEqual({ status: 'empty', why: 'no_match' });
  });

  it('does not bring back what the customer has closed, nor shows something else in its place', () => {
    const closed = after(offered, { type: 'closed' });
    expect(closed).toEqual({ status: 'closed', offerId: 'offer_1' });
    for (const next of [offer, other, null]) expect(after(closed, answered({ offer: next }))).toBe(closed);
    expect(after(closed, answered({ access: 'granted', offer: null }))).toEqual({ status: 'unlocked' });
    expect(after(closed, { type: 'forgotten' }, { type: 'asked' }, answered({ offer: other }))).toEqual({
      status: 'offered',
      offer: other,
    });
  });

  it('keeps a customer in while nobody can say who has access, and locks out one who lost it', () => {
    const unlocked: OfferState = { status: 'unlocked' };
    expect(after(unlocked, answered({ access: 'unknown', offer: null }))).toBe(unlocked);
    expect(after(unlocked, answered({ access: 'denied', offer: null }))).toEqual({ status: 'empty', access: 'denied' });
  });

  it.each<OfferState>([accepting, { ...pending, offer }, { ...completed, offer }, { status: 'gone', offer }])(
    'leaves the notice of an acceptance on the page: $status',
    (state) => {
      expect(after(state, answered({ offer: other }))).toBe(state);
      expect(after(state, answered({ offer: null }))).toBe(state);
      expect(after(state, answered({ access: 'granted', offer: null }))).toEqual({ status: 'unlocked' });
    },
  );
});

describe('a question', () => {
  it('shows nothing new while what is shown still holds', () => {
    expect(after({ status: 'idle' }, { type: 'asked' })).toEqual(asking);
    expect(after(offered, { type: 'asked' })).toBe(offered);
    expect(after({ status: 'unlocked' }, { type: 'asked' })).toEqual({ status: 'unlocked' });
  });

  it('that fails shows nothing, and takes nothing away', () => {
    const failed: OfferAction = { type: 'unanswered', problem: 'no network' };
    expect(after(asking, failed)).toEqual({ status: 'unanswered', problem: 'no network' });
    expect(after(offered, failed)).toBe(offered);
  });

  it('about something else starts from nothing', () => {
    expect(after({ ...completed, offer }, { type: 'forgotten' })).toEqual({ status: 'idle' });
  });
});

describe('an acceptance', () => {
  const pressed: OfferAction = { type: 'pressed', offer, optionId: 'opt_1' };

  it('starts from an offer, and from a try that did not get through', () => {
    expect(after(offered, pressed)).toEqual(accepting);
    expect(after(offered, pressed, { type: 'interrupted', optionId: 'opt_1' })).toEqual({
      ...accepting,
      status: 'interrupted',
    });
    expect(after(offered, pressed, { type: 'interrupted', optionId: 'opt_1' }, pressed)).toEqual(accepting);
  });

  it.each<OfferState>([{ status: 'idle' }, accepting, { ...completed, offer }, { status: 'unlocked' }])(
    'does not start from $status',
    (state) => {
      expect(after(state, pressed)).toBe(state);
    },
  );

  it('shows its outcome, and then the next one', () => {
    const waiting = after(accepting, { type: 'settled', offer, outcome: pending });
    expect(waiting).toEqual({ ...pending, offer });
    expect(after(waiting, { type: 'settled', offer, outcome: completed })).toEqual({ ...completed, offer });
  });

  it('that takes too long says so, and keeps who accepted it', () => {
    const waiting = after(accepting, { type: 'settled', offer, outcome: { ...pending, acceptedBefore: 'colleague' } });
    expect(after(waiting, { type: 'overdue', offer })).toEqual({
      status: 'overdue',
      offer,
      fulfillmentId: 'ful_1',
      acceptedBefore: 'colleague',
    });
    expect(after(offered, { type: 'overdue', offer })).toBe(offered);
  });

  it('of an offer that has ended says so', () => {
    expect(after(accepting, { type: 'gone' })).toEqual({ status: 'gone', offer });
    expect(after(offered, { type: 'gone' })).toBe(offered);
  });

  it('is not closed while it is under way: the customer hears how it ends', () => {
    expect(after(accepting, { type: 'closed' })).toBe(accepting);
  });

  it('settles nothing once the customer has closed its notice', () => {
    const closed = after({ ...pending, offer }, { type: 'closed' });
    expect(after(closed, { type: 'settled', offer, outcome: completed })).toBe(closed);
  });

  it('that the page has prevented keeps its place from other offers, until the page asks again', () => {
    const kept = after(offered, { type: 'prevented' });
    expect(kept).toEqual({ status: 'offered', offer, isKept: true });
    expect(after(kept, answered({ offer: other }))).toBe(kept);
    expect(after(kept, answered({ access: 'granted', offer: null }))).toEqual({ status: 'unlocked' });
    expect(after(kept, answered({ offer: null, why: 'no_match' }))).toEqual({ status: 'empty', why: 'no_match' });
    expect(after(kept, { type: 'released' }, answered({ offer: other }))).toEqual({ status: 'offered', offer: other });
  });

  it('that the page goes on with later is of the offer that it was about, whatever is shown by then', () => {
    expect(after(offered, { type: 'prevented' }, pressed)).toEqual(accepting);
    expect(after({ status: 'offered', offer: other }, pressed)).toEqual(accepting);
    expect(after({ status: 'empty' }, pressed)).toEqual(accepting);
  });

  it('that the customer has declined in the page leaves the offer as it was', () => {
    expect(after(accepting, { type: 'declined' })).toEqual(offered);
    expect(after({ ...pending, offer }, { type: 'declined' })).toEqual({ ...pending, offer });
  });

  it('is not settled by the outcome of another offer, which was closed before this one came', () => {
    const state: OfferState = { status: 'accepting', offer: other, optionId: 'opt_1' };
    expect(after(state, { type: 'settled', offer, outcome: completed })).toBe(state);
    expect(after({ ...pending, offer: other }, { type: 'overdue', offer })).toEqual({ ...pending, offer: other });
  });

  it('is not settled by an outcome that nobody asked for', () => {
    expect(after(offered, { type: 'settled', offer, outcome: completed })).toBe(offered);
  });
});

describe('an offer that is not shown yet', () => {
  const held: OfferState = { status: 'held', offer, by: 'dialog' };

  it('waits, and is shown by the answer that comes at a better moment', () => {
    expect(after(asking, { type: 'held', answer: { offer }, by: 'dialog' })).toEqual(held);
    expect(after(held, answered({ offer }))).toEqual(offered);
    expect(after(held, answered({ offer: null, why: 'no_match' }))).toEqual({ status: 'empty', why: 'no_match' });
  });

  it('holds back no customer who may use the feature', () => {
    const granted: OfferAnswer = { access: 'granted', offer };
    expect(after(asking, { type: 'held', answer: granted, by: 'dialog' })).toEqual({ status: 'unlocked' });
  });

  it('may have been shown before, but not accepted', () => {
    expect(after(offered, { type: 'withheld', by: 'dialog' })).toEqual(held);
    expect(after(accepting, { type: 'withheld', by: 'dialog' })).toBe(accepting);
  });
});

describe('the end of an offer', () => {
  it('takes it from the page, and nothing that was accepted', () => {
    expect(after(offered, { type: 'expired' })).toEqual(asking);
    expect(after(accepting, { type: 'expired' })).toBe(accepting);
  });
});

describe('an acceptance of an earlier page', () => {
  const resumed: OfferAction = { type: 'resumed', state: { ...pending, offer } };

  it('is shown where nothing else is', () => {
    expect(after(asking, resumed)).toEqual({ ...pending, offer });
    expect(after({ status: 'idle' }, resumed)).toEqual({ status: 'idle' });
    expect(after(accepting, resumed)).toBe(accepting);
  });

  it('leaves no lock behind once the notice that it is done was closed', () => {
    const done: OfferState = { ...completed, offer };
    expect(after(done, { type: 'closed' })).toEqual({ status: 'closed', offerId: 'offer_1', isFulfilled: true });
  });
});

it('tells what is on the page and what can be accepted', () => {
  const held: OfferState = { status: 'held', offer, by: 'typing' };
  expect([asking, held, offered, accepting].map(isShown)).toEqual([false, false, true, true]);
  expect([asking, held, offered, accepting].map(isOpen)).toEqual([false, false, true, false]);
});
