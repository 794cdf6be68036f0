import { fixture, html } from '@open-wc/testing/pure';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { page } from 'vitest/browser';
import { gate, type MockScenario, type UpgradeOffer } from '../../../widget/index.js';
import '../../../widget/define.js';
import type { MockName } from '../../../widget/developer/mock-scenarios.js';

const button = (name: string) => page.getByRole('button', { name });

const OFFER: MockScenario = {
  offers: {
    offer: { id: 'mine', title: 'Mine', description: '', options: [{ id: 'one', label: 'Take it' }], expiresAt: 0 },
  },
  outcomes: [{ status: 'completed', fulfillmentId: 'ful_1' }],
};

const REASONS = {
  waiting: 'The proxy has been asked and has not answered yet.',
  nothing: 'Chargebee has no offer',
  unknown: 'Nobody can tell now',
  unreachable: 'did not answer',
};

/** What is on the page. `REASONS` says for the other mocks why there is nothing. */
const WORDS: Record<Exclude<MockName, keyof typeof REASONS>, string> = {
  'one-option': 'Unlock now',
  'two-options': 'Go to Business',
  'three-options': 'Talk to sales',
  'long-text': 'Beratungsgespräch',
  'lists-and-links': 'Exports to CSV and Parquet',
  'no-description': 'Add ten seats',
  'ends-soon': 'Unlock now',
  accepting: 'One moment…',
  interrupted: 'That didn’t go through',
  pending: 'Setting up your upgrade…',
  'pending-long': 'Setting up your upgrade…',
  overdue: 'This is taking longer than usual',
  completed: 'Your upgrade is ready to use.',
  redirect: 'Taking you to the next step…',
  checkout: 'Taking you to checkout…',
  'checkout-in-app': 'Taking you to checkout…',
  returned: 'Pick up where you left off.',
  'returned-by-colleague': 'A colleague has already accepted this offer.',
  'elsewhere-email': 'We’ve sent you the next step.',
  'elsewhere-webhook': 'We’ll take it from here.',
  'already-accepted': 'You’ve already accepted this offer.',
  'accepted-by-colleague': 'A colleague has already accepted this offer.',
  'pending-by-colleague': 'A colleague has already accepted this offer.',
  'completed-by-colleague': 'A colleague has already upgraded your team.',
  'failed-billing': 'We couldn’t change your subscription',
  'failed-checkout': 'Nothing was charged, and nothing has changed.',
  'failed-app': 'We couldn’t finish your upgrade',
  'failed-expired': 'This offer has ended',
  'failed-internal': 'Something went wrong on our end',
  'failed-unsupported': 'We can’t finish this here',
  gone: 'This offer has ended',
  unlocked: 'The reports',
  locked: 'Not in your plan',
};

beforeEach(() => {
  vi.spyOn(console, 'warn').mockReturnValue();
  vi.spyOn(window, 'fetch');
});

afterEach(() => {
  expect(window.fetch, 'calls to the network').not.toHaveBeenCalled();
});

describe('a name shows its state at once', () => {
  it.each(Object.entries(WORDS))('%s: %s', async (mock, words) => {
    await place(mock);
    // "One moment…" is also read out, from above the buttons.
    await expect.element(page.getByText(words).last()).toBeVisible();
  });

  it.each(Object.entries(REASONS))('%s: nothing, as %s', async (mock, why) => {
    const element = await place(mock);
    await expect.poll(() => element.explain()).toContain(why);
    for (const words of ['The reports', 'Not in your plan']) {
      await expect.element(page.getByText(words)).not.toBeVisible();
    }
    expect(page.getByRole('region').elements()).toHaveLength(0);
  });
});

describe('a mock plays along', () => {
  it('from the offer to its end', async () => {
    const told = watchTexts(await place('three-options'));
    await button('Add 500 GB').click();
    await expect.element(page.getByText('Your upgrade is ready to use.')).toBeVisible();
    expect(told.join('\n')).toMatch(/Add 500 GB[^]*One moment…[^]*Setting up your upgrade…[^]*You’re all set/);
  });

  it('from the offer of one name to the state of another', async () => {
    const element = await place('two-options then failed-billing');
    await button('Go to Team').click();
    await expect.element(page.getByText('We couldn’t change your subscription')).toBeVisible();
    expect(element.innerText).toBe('');
  });

  it('until the second try gets through, when the first did not', async () => {
    const told = watchTexts(await place('interrupted'));
    await button('Try again').click();
    await expect.element(page.getByText('Your upgrade is ready to use.')).toBeVisible();
    expect(told.join('\n')).toMatch(/That didn’t go through[^]*Setting up your upgrade…[^]*You’re all set/);
  });

  it('by unlocking the feature that was offered', async () => {
    const element = await place('completed');
    element.feature = 'reports';
    await expect.element(page.getByText('The reports')).toBeVisible();
    expect(page.getByRole('region').elements()).toHaveLength(0);
  });

  it('with an offer of the page’s own', async () => {
    const element = await place('nothing');
    element.mock = OFFER;
    await button('Take it').click();
    await expect.element(page.getByText('Your upgrade is ready to use.')).toBeVisible();
  });

  it('beside another one of the same name', async () => {
    await place('pending-long');
    await place('pending-long');
    await expect.poll(() => page.getByText('Setting up your upgrade…').elements()).toHaveLength(2);
  });

  it('for gate, which asks it and not the proxy', async () => {
    const run = vi.fn();
    const element = await place('unlocked');
    element.feature = 'reports';
    expect(await gate('reports', run)).toBe('granted');
    expect(run).toHaveBeenCalledOnce();
  });

  it('and lists the names it knows, once, for a name that it does not know', async () => {
    const element = await place('two-option');
    await expect.poll(() => element.explain()).toMatch(/mock="two-option".*no such fixture/);
    await element.refresh();
    expect(await element.explain()).not.toContain('Chargebee');
    expect(console.warn).toHaveBeenCalledOnce();
    expect(console.warn).toHaveBeenCalledWith(expect.stringMatching(/mock="two-option".*two-options, three-/));
  });
});

describe('a mock keeps to itself', () => {
  it('and no console complains of a network that it does not have: it is meant to fail', async () => {
    const element = await place('unreachable');
    await expect.poll(() => element.explain()).toContain('did not answer');
    expect(console.warn).not.toHaveBeenCalled();
  });

  it('and leaves the page where it is', async () => {
    const here = location.href;
    const left = vi.fn((event: Event) => event.defaultPrevented);
    document.body.addEventListener('offer-redirect', left);
    await place('two-options then redirect');
    await button('Go to Team').click();
    await page.getByRole('link', { name: 'Continue' }).click();
    await expect.element(page.getByText('Taking you to the next step…')).toBeVisible();
    expect(location.href).toBe(here);
    expect(left.mock.results.map(({ value }) => value)).toEqual([true, true]);
    document.body.removeEventListener('offer-redirect', left);
  });

  it('and forgets on the next page what it has accepted on this one', async () => {
    const first = await place('pending-long');
    await expect.element(page.getByText('Setting up your upgrade…')).toBeVisible();
    first.remove();
    const accepted = vi.fn();
    document.body.addEventListener('offer-accepted', accepted, { once: true });
    await place('pending-long');
    await expect.poll(() => accepted.mock.calls.length).toBe(1);
  });

  it('and asks nobody for a token, nor touches what is remembered of a customer', async () => {
    const getToken = vi.fn(async () => 'token');
    const element = await place('one-option then pending-long');
    element.getToken = getToken;
    await button('Unlock now').click();
    await expect.element(page.getByText('Setting up your upgrade…')).toBeVisible();
    element.snooze();
    expect(getToken).not.toHaveBeenCalled();
    expect(Object.keys(sessionStorage).filter((key) => !key.includes('one-option'))).toEqual([]);
  });
});

/** The element with a feature in its slots. */
function place(mock: string): Promise<UpgradeOffer> {
  return fixture<UpgradeOffer>(html`
    <upgrade-offer mock=${mock}>
      <p slot="unlocked">The reports</p>
      <p slot="locked">Not in your plan</p>
    </upgrade-offer>
  `);
}

/** @returns what the element says now and after each change, also what it says for a moment only. Grows. */
function watchTexts({ shadowRoot }: UpgradeOffer): readonly string[] {
  const texts: string[] = [];
  const note = () => void texts.push(shadowRoot?.textContent ?? '');
  const watching = new MutationObserver(note);
  if (shadowRoot) watching.observe(shadowRoot, { childList: true, characterData: true, subtree: true });
  onTestFinished(() => watching.disconnect());
  note();
  return texts;
}
