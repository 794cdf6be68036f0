import { describe, expect, it } from 'vitest';
import type { Notice, Tone } from '../../../widget/view/notice.js';
import { noticeOf } from '../../../widget/view/outcome/outcome-notice.js';
import { dictionaries } from '../../../widget/view/words/dictionaries.js';
import { en } from '../../../widget/view/words/en.js';
import { loadStrings } from '../../../widget/view/words/language.js';
import { ENGLISH_OFFER, shownStates } from './notices.js';

const AGAIN = ['Try again', 'Close'];
const ON = ['Continue', 'Close'];
const ENDED = 'This offer has ended.';

/** What the customer is told: tone, words, buttons. */
const TOLD: Readonly<Record<string, readonly [Tone, string | undefined, readonly string[]]>> = {
  offered: ['offer', undefined, ['Unlock now', 'Talk to sales', 'Maybe later']],
  accepting: ['offer', undefined, ['One moment…', 'Talk to sales', 'Maybe later']],
  interrupted: ['problem', 'That did not go through. Please try again; you will not be charged twice.', AGAIN],
  'interrupted, until a reload': [
    'problem',
    'That did not go through. Please try again; you will not be charged twice.',
    ['Reload the page', 'Close'],
  ],
  gone: ['later', ENDED, AGAIN],
  pending: ['working', 'Your upgrade is being set up. You can carry on working.', ['Close']],
  overdue: ['later', 'This takes longer than usual. Your upgrade will be applied soon.', ['Close']],
  redirect: ['later', 'Taking you to the next step…', ON],
  'redirect, resumed': ['later', 'This offer has already been accepted. You can carry on where you left off.', ON],
  checkout: ['later', 'Taking you to checkout…', ON],
  'elsewhere: e-mail': ['done', 'Thank you. The next step is in your inbox.', ['Close']],
  'elsewhere: webhook': ['done', 'Thank you. We have your request and will set it up for you.', ['Close']],
  completed: ['done', 'All done. Your upgrade is active.', ['Close']],
  'pending, with a way on': ['working', 'Your upgrade is being set up. You can carry on working.', ON],
  'completed, with a way on': ['done', 'All done. Your upgrade is active.', ON],
  'already accepted': ['done', 'This offer has already been accepted.', ['Close']],
  'accepted by a colleague': [
    'done',
    'This offer has already been accepted by a colleague. All done. Your upgrade is active.',
    ['Close'],
  ],
  'failed: billing': [
    'problem',
    'Your subscription could not be changed. Please check your payment details or contact us.',
    AGAIN,
  ],
  'failed: checkout': ['later', 'Checkout was not finished, so nothing has changed.', AGAIN],
  'failed: app': ['problem', 'Your upgrade was not completed. You can try again, or contact us for help.', AGAIN],
  'failed: expired': ['later', ENDED, AGAIN],
  'failed: internal': ['problem', 'Something went wrong on our side. Please contact us; we will sort it out.', AGAIN],
  'failed: unsupported': ['problem', 'This upgrade cannot be finished here. Please contact us.', AGAIN],
};

const STATES = Object.entries(shownStates());

describe('the customer is told', () => {
  it('something in every state', () => {
    expect(Object.keys(TOLD)).toEqual(STATES.map(([name]) => name));
  });

  it.each(STATES)('where they stand: %s', (name, state) => {
    const notice = noticeOf(state, en);
    expect(notice.title).toBe(ENGLISH_OFFER.title);
    expect([notice.tone, notice.message, labels(notice)]).toEqual(TOLD[name]);
    expect(notice.description).toBe(notice.message ? undefined : ENGLISH_OFFER.description);
  });

  it.each(STATES)('nothing twice, and one thing first: %s', (_, state) => {
    const { buttons } = noticeOf(state, en);
    expect(new Set(buttons.map(({ label }) => label)).size).toBe(buttons.length);
    expect(buttons.filter(({ kind }) => kind === 'primary').length).toBeLessThanOrEqual(1);
    expect(buttons.slice(1).every(({ kind }) => kind !== 'primary')).toBe(true);
  });

  it.each(['en', ...Object.keys(dictionaries)])('nothing that is "undefined", in %s', async (language) => {
    const strings = await loadStrings(language);
    for (const [name, state] of STATES) {
      const notice = noticeOf(state, strings);
      for (const words of [notice.title, notice.message ?? notice.description, ...labels(notice)]) {
        expect(words, name).toMatch(/./);
        expect(words, name).not.toContain('undefined');
      }
    }
  });
});

describe('the customer can', () => {
  it('accept each option of an offer, or dismiss it', () => {
    expect(actionsIn('offered')).toEqual([
      { type: 'accept', optionId: 'opt_0' },
      { type: 'accept', optionId: 'opt_1' },
      { type: 'dismiss' },
    ]);
  });

  it('do nothing while their choice is on its way', () => {
    expect(actionsIn('accepting')).toEqual([undefined, undefined, undefined]);
  });

  it.each(STATES.filter(([name]) => name !== 'offered' && name !== 'accepting'))(
    'close the notice of an acceptance: %s',
    (name) => {
      expect(actionsIn(name).at(-1)).toEqual({ type: 'dismiss' });
      expect(buttonsIn(name).at(-1)?.label).toBe('Close');
    },
  );

  it('reload the page where nothing else helps', () => {
    expect(actionsIn('interrupted, until a reload')[0]).toEqual({ type: 'reload' });
  });

  it('send what did not get through again, with the same option', () => {
    expect(actionsIn('interrupted')[0]).toEqual({ type: 'accept', optionId: 'opt_0' });
  });

  it.each(['gone', ...Object.keys(TOLD).filter((name) => name.startsWith('failed'))])(
    'ask again after an acceptance that came to nothing: %s',
    (name) => {
      expect(actionsIn(name)[0]).toEqual({ type: 'retry' });
    },
  );

  it.each([
    ['redirect', 'https://app.example/upgrade'],
    ['redirect, resumed', 'https://app.example/upgrade'],
    ['checkout', 'https://app.example/upgrade'],
    ['pending, with a way on', 'https://app.example/upgrade'],
    ['completed, with a way on', 'https://app.example/upgrade'],
  ])('go on to the next page: %s', (name, href) => {
    expect(buttonsIn(name)[0]).toMatchObject({ href, action: { type: 'leave' } });
  });
});

function buttonsIn(name: string): Notice['buttons'] {
  const state = shownStates()[name];
  if (!state) throw new Error(`Failed to find "${name}": no such state.`);
  return noticeOf(state, en).buttons;
}

function actionsIn(name: string) {
  return buttonsIn(name).map(({ action }) => action);
}

function labels({ buttons }: Notice): readonly string[] {
  return buttons.map(({ label }) => label);
}
