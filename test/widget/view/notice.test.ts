import { describe, expect, it } from 'vitest';
import { mockScenarios } from '../../../widget/developer/mock-scenarios.js';
import { readOutcome } from '../../../widget/flow/acceptance/outcome.js';
import type { Notice, Tone } from '../../../widget/view/notice.js';
import { outcomeOf } from '../../../widget/view/outcome/outcome-notice.js';
import { OUTCOMES } from '../../../widget/view/outcome/outcomes.js';
import type { WaysOn } from '../../../widget/view/outcome/ways-on.js';
import { dictionaries } from '../../../widget/view/words/dictionaries.js';
import { en } from '../../../widget/view/words/en.js';
import { loadStrings } from '../../../widget/view/words/language.js';
import { ENGLISH_OFFER, isUndecided, noticeOf, shownStates } from './notices.js';

const ENDED = 'This offer has ended';
const ALL_SET = 'You’re all set';
const SETTING_UP = 'Setting up your upgrade…';
const ONE_MORE = 'One more step';
const COLLEAGUE = 'A colleague has already accepted this offer.';
const READY = 'Your upgrade is ready to use.';

/** The page leads to what was bought, to how it is paid, and to help. */
const WAYS: WaysOn = {
  done: 'https://app.example/reports',
  payment: 'https://app.example/billing',
  support: 'mailto:help@app.example',
};

/** What the customer is told where the page leads nowhere: tone, title, message, buttons. */
const TOLD: Readonly<Record<string, readonly [Tone, string, string | undefined, readonly string[]]>> = {
  offered: ['offer', ENGLISH_OFFER.title, undefined, ['Unlock now', 'Talk to sales', 'Not now']],
  accepting: ['offer', ENGLISH_OFFER.title, undefined, ['One moment…', 'Talk to sales', 'Not now']],
  interrupted: ['problem', 'That didn’t go through', 'Try again. You won’t be charged twice.', ['Try again', 'Close']],
  'interrupted, until a reload': [
    'problem',
    'That didn’t go through',
    'Try again. You won’t be charged twice.',
    ['Reload the page', 'Close'],
  ],
  gone: ['later', ENDED, 'It ended before you accepted it.', ['Close']],
  pending: ['working', SETTING_UP, 'You can keep working.', ['Close']],
  overdue: ['later', 'This is taking longer than usual', 'We’ll finish in the background. No need to wait.', ['Close']],
  redirect: ['next', ONE_MORE, 'Taking you to the next step…', ['Continue', 'Close']],
  'redirect, resumed': ['next', ONE_MORE, 'Pick up where you left off.', ['Continue', 'Close']],
  checkout: ['next', ONE_MORE, 'Taking you to checkout…', ['Continue', 'Close']],
  'elsewhere: e-mail': ['next', 'Check your inbox', 'We’ve sent you the next step.', ['Close']],
  'elsewhere: webhook': ['done', 'Thanks, we’ve got your request', 'We’ll take it from here.', ['Close']],
  completed: ['done', ALL_SET, READY, ['Done']],
  'pending, with a way on': ['working', SETTING_UP, 'You can keep working.', ['Continue', 'Close']],
  'completed, with a way on': ['done', ALL_SET, READY, ['Continue', 'Close']],
  'already accepted': ['done', 'Already accepted', 'You’ve already accepted this offer.', ['Close']],
  'already accepted, by a colleague': ['done', 'Already accepted', COLLEAGUE, ['Close']],
  'pending, for a colleague': ['working', SETTING_UP, COLLEAGUE, ['Close']],
  'completed, for a colleague': [
    'done',
    ALL_SET,
    'A colleague has already upgraded your team. It’s ready to use.',
    ['Done'],
  ],
  'redirect, of a colleague': ['next', ONE_MORE, COLLEAGUE, ['Continue', 'Close']],
  'failed: billing': [
    'problem',
    'We couldn’t change your subscription',
    'Check your payment method and try again.',
    ['Try again', 'Close'],
  ],
  'failed: checkout': [
    'later',
    'You left checkout',
    'Nothing was charged, and nothing has changed.',
    ['Try again', 'Close'],
  ],
  'failed: app': ['problem', 'We couldn’t finish your upgrade', 'Please try again.', ['Try again', 'Close']],
  'failed: expired': ['later', ENDED, 'Your upgrade wasn’t completed in time.', ['Close']],
  'failed: internal': ['problem', 'Something went wrong on our end', 'Your upgrade wasn’t completed.', ['Close']],
  'failed: unsupported': [
    'problem',
    'We can’t finish this here',
    'Your upgrade needs a step that isn’t available on this page.',
    ['Close'],
  ],
};

/** What is otherwise where the page leads on: message, buttons. */
const LEADING: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  completed: [READY, ['Start using it', 'Close']],
  'completed, for a colleague': [
    'A colleague has already upgraded your team. It’s ready to use.',
    ['Start using it', 'Close'],
  ],
  'failed: billing': ['Check your payment method and try again.', ['Update payment method', 'Try again', 'Close']],
  'failed: app': ['Try again, or contact support.', ['Try again', 'Contact support', 'Close']],
  'failed: internal': ['Contact support and we’ll sort it out.', ['Contact support', 'Close']],
  'failed: unsupported': ['Contact support to complete your upgrade.', ['Contact support', 'Close']],
};

const STATES = Object.entries(shownStates());

describe('the customer is told', () => {
  it('something in every state', () => {
    expect(Object.keys(TOLD)).toEqual(STATES.map(([name]) => name));
  });

  it('of every outcome of the table, and each has a mock to look at', () => {
    const outcomes = Object.keys(OUTCOMES).toSorted();
    const states = STATES.flatMap(([, state]) =>
      isUndecided(state) || state.status === 'confirming' ? [] : outcomeOf(state),
    );
    expect([...new Set(states)].toSorted()).toEqual(outcomes);
    expect([...new Set(mockOutcomes())].toSorted()).toEqual(outcomes);
  });

  it.each(STATES)('where they stand: %s', (name, state) => {
    const notice = noticeOf(state, en);
    expect([notice.tone, notice.title, notice.message, labels(notice)]).toEqual(TOLD[name]);
  });

  it.each(STATES)('where they stand, by a page that leads on: %s', (name, state) => {
    const notice = noticeOf(state, en, WAYS);
    const [tone, title, ...others] = TOLD[name] ?? [];
    expect([notice.tone, notice.title]).toEqual([tone, title]);
    expect([notice.message, labels(notice)]).toEqual(LEADING[name] ?? others);
  });

  it.each(STATES)('what an outcome is about below its title, and never the pitch as its title: %s', (_, state) => {
    const notice = noticeOf(state, en);
    if (notice.tone === 'offer') return expect(notice.description).toBe(ENGLISH_OFFER.description);
    expect(notice.title).not.toBe(ENGLISH_OFFER.title);
    expect(notice.subject).toBe(ENGLISH_OFFER.title);
  });

  it.each(STATES)('nothing twice, and one thing first: %s', (_, state) => {
    for (const ways of [{}, WAYS]) {
      const { buttons } = noticeOf(state, en, ways);
      expect(new Set(buttons.map(({ label }) => label)).size).toBe(buttons.length);
      expect(buttons.filter(({ kind }) => kind === 'primary').length).toBeLessThanOrEqual(1);
      expect(buttons.slice(1).every(({ kind }) => kind !== 'primary')).toBe(true);
    }
  });

  it.each(['en', ...Object.keys(dictionaries)])('nothing that is "undefined", in %s', async (language) => {
    const strings = await loadStrings(language);
    for (const [name, state] of STATES) {
      const notice = noticeOf(state, strings, WAYS);
      for (const words of [notice.title, notice.message ?? 'said by the offer', ...labels(notice)]) {
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
      expect(actionsIn(name, WAYS).at(-1)).toEqual({ type: 'dismiss' });
    },
  );

  it('reload the page where nothing else helps', () => {
    expect(actionsIn('interrupted, until a reload')[0]).toEqual({ type: 'reload' });
  });

  it('send what did not get through again, with the same option', () => {
    expect(actionsIn('interrupted')[0]).toEqual({ type: 'accept', optionId: 'opt_0' });
  });

  it('try again where that can help, and nowhere else', () => {
    const helped = STATES.map(([name]) => name).filter((name) =>
      actionsIn(name).some((action) => action?.type === 'retry'),
    );
    expect(helped).toEqual(['failed: billing', 'failed: checkout', 'failed: app']);
  });

  it.each([
    ['redirect', 'https://app.example/upgrade'],
    ['redirect, resumed', 'https://app.example/upgrade'],
    ['checkout', 'https://app.example/upgrade'],
    ['pending, with a way on', 'https://app.example/upgrade'],
    ['completed, with a way on', 'https://app.example/upgrade'],
  ])('go on to the next page: %s', (name, href) => {
    expect(buttonsIn(name, WAYS)[0]).toMatchObject({ href, action: { type: 'leave' } });
  });

  it.each([
    ['completed', WAYS.done],
    ['failed: billing', WAYS.payment],
    ['failed: internal', WAYS.support],
    ['failed: unsupported', WAYS.support],
  ])('go first where the page leads: %s', (name, href) => {
    expect(buttonsIn(name, WAYS)[0]).toMatchObject({ kind: 'primary', href });
  });

  it('use what the page itself has put in the first place', () => {
    expect(buttonsIn('completed', { ...WAYS, hasDoneSlot: true })[0]).toMatchObject({ slot: 'done' });
  });
});

function buttonsIn(name: string, ways?: WaysOn): Notice['buttons'] {
  const state = shownStates()[name];
  if (!state) throw new Error(`Failed to find "${name}": no such state.`);
  return noticeOf(state, en, ways).buttons;
}

function actionsIn(name: string, ways?: WaysOn) {
  return buttonsIn(name, ways).map(({ action }) => action);
}

function labels({ buttons }: Notice): readonly string[] {
  return buttons.map(({ label }) => label);
}

/** What the mocks show, by the names of the table. Two of their states are the widget's own. */
function mockOutcomes(): string[] {
  const offer = { id: 'off_1', ...ENGLISH_OFFER, options: [], expiresAt: Infinity };
  const answers = Object.values(mockScenarios).flatMap((scenario) => ('outcomes' in scenario ? scenario.outcomes : []));
  const told = answers.flatMap((answer) => {
    if (typeof answer === 'string' || 'problem' in answer) return [];
    return outcomeOf({ ...readOutcome(answer), offer });
  });
  return [...told, 'overdue', 'gone'];
}
