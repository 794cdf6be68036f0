/** While a deployment is under way, and in a tab that stays open, the widget has to do with a proxy of another version. */
import { oneEvent } from '@open-wc/testing/pure';
import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { UpgradeOffer } from '../../../widget/index.js';
import { dictionaries } from '../../../widget/view/words/dictionaries.js';
import { newCustomer } from '../../support/customer.js';
import {
  EARLIER_ANSWERS,
  EARLIER_OUTCOMES,
  EARLIER_PROBLEMS,
  EARLIER_REQUESTS,
} from '../../support/earlier-answers.js';
import { place, placeUntil } from '../../support/place.js';
import {
  ANALYTICS,
  analyticsCard,
  close,
  locked,
  maybeLater,
  reports,
  status,
  tryAgain,
  unlock,
} from '../../support/widget-words.js';

const TOLD: Readonly<Record<keyof typeof EARLIER_OUTCOMES, string>> = {
  pending: 'Setting up your upgrade…',
  checkout: 'Taking you to checkout…',
  redirect: 'Taking you to the next step…',
  'redirect again': 'Pick up where you left off.',
  'elsewhere by webhook': 'We’ll take it from here.',
  'elsewhere by e-mail': 'We’ve sent you the next step.',
  completed: 'Your upgrade is ready to use.',
  failed: 'We couldn’t finish your upgrade',
};

interface Sent {
  readonly path: string;
  readonly body: unknown;
}

interface Answers {
  readonly question?: unknown;
  /** To an acceptance, and to the question where it stands. */
  readonly outcome?: unknown;
  readonly statusCode?: number;
}

const PROXY = 'https://proxy.example/upgrade-offer';

const OFFERED = {
  ...EARLIER_ANSWERS.offered,
  offer: { ...EARLIER_ANSWERS.offered.offer, expiresAt: Date.now() + 3_600_000 },
};

/** @returns what the widget sends. */
function proxyThatAnswers({ question = OFFERED, outcome, statusCode = 200 }: Answers): Sent[] {
  const sent: Sent[] = [];
  vi.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
    // An older proxy does not look at the query.
    const path = new URL(String(input)).pathname.slice(new URL(PROXY).pathname.length);
    sent.push({ path, body: JSON.parse(String(init?.body ?? 'null')) });
    if (path === '/offers') return Response.json(question);
    if (path.endsWith('/events')) return new Response(null, { status: 202 });
    if (path.startsWith('/entitlements/')) return Response.json({ featureId: ANALYTICS, access: 'denied' });
    return Response.json(outcome, { status: statusCode });
  });
  return sent;
}

/** Another customer each time: a page shares the answers of one. */
const placing = async () => ({ proxy: PROXY, customer: await newCustomer(), feature: ANALYTICS });

async function placeOffer(): Promise<UpgradeOffer> {
  const { element } = await placeUntil('offer-ready', await placing());
  for (const type of ['offer-redirect', 'offer-checkout']) {
    element.addEventListener(type, (event) => event.preventDefault());
  }
  return element;
}

/** The same, as a proxy of the next version may say it: with more in every part of it. */
function withMore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMore);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).map(([name, part]) => [name, withMore(part)]);
  return { ...Object.fromEntries(parts), ofTheFuture: { id: 7 }, status_of_the_future: null };
}

describe.each([
  ['the version before', (answer: unknown) => answer],
  ['the next version, which says more', withMore],
])('with a proxy of %s', (_, said) => {
  it.each(Object.entries(EARLIER_OUTCOMES))('an offer is shown and accepted: %s', async (name, outcome) => {
    proxyThatAnswers({ question: said(OFFERED), outcome: said(outcome) });
    const element = await placeOffer();
    await expect.element(analyticsCard).toBeVisible();
    await unlock.click();
    await expect.element(status).toHaveTextContent(Reflect.get(TOLD, name));
    expect(element.shadowRoot?.textContent).not.toMatch(/undefined|\[object/);
  });

  it('a feature is unlocked', async () => {
    proxyThatAnswers({ question: said(EARLIER_ANSWERS.unlocked) });
    await place(await placing());
    await expect.element(reports).toBeVisible();
  });

  it('no offer is no offer, for its reason', async () => {
    proxyThatAnswers({ question: said(EARLIER_ANSWERS.empty) });
    const { event } = await placeUntil('offer-none', await placing());
    expect(event).toMatchObject({ access: 'denied', why: 'no_match' });
    await expect.element(locked).toBeVisible();
  });

  it('an offer that it does not know any more has ended', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    proxyThatAnswers({ question: said(OFFERED), outcome: said(EARLIER_PROBLEMS.notFound), statusCode: 404 });
    await placeOffer();
    await unlock.click();
    await expect.element(status).toHaveTextContent('This offer has ended');
  });

  it('a token that it refuses is an error with its code', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const refusal = said(EARLIER_PROBLEMS.unauthenticated);
    vi.spyOn(window, 'fetch').mockImplementation(async () => Response.json(refusal, { status: 401 }));
    const { event } = await placeUntil('offer-error', await placing());
    expect(event.error).toMatchObject({ code: 'unauthenticated' });
  });
});

describe('a proxy of the next version may say what this widget does not know', () => {
  it.each<[string, unknown]>([
    ['a status', { status: 'gift', fulfillmentId: 'ful_1' }],
    ['a code of a failure', { status: 'failed', fulfillmentId: 'ful_1', code: 'card_declined' }],
    ['a channel', { status: 'elsewhere', fulfillmentId: 'ful_1', channel: 'pigeon' }],
  ])('in an outcome, %s: the customer is told whom to ask', async (_, outcome) => {
    proxyThatAnswers({ outcome });
    await placeOffer();
    await unlock.click();
    await expect.element(status).toHaveTextContent('We can’t finish this here');
    await expect.element(close).toBeVisible();
  });

  it.each<[string, object]>([
    ['a word', { action: 'barter', layout: 'in_the_sky' }],
    ['no text', { action: { kind: 'barter' }, layout: 7 }],
    ['nothing', { action: null, layout: null }],
  ])('in an option, an action and a layout that are %s: it can be accepted', async (_, said) => {
    const options = [{ id: '6cd5280e', label: 'Unlock now', ...said }];
    const outcome = EARLIER_OUTCOMES['elsewhere by e-mail'];
    proxyThatAnswers({ question: { ...OFFERED, offer: { ...OFFERED.offer, options } }, outcome });
    await placeOffer();
    await unlock.click();
    await expect.element(status).toHaveTextContent(TOLD['elsewhere by e-mail']);
  });

  it('in a problem, a code: it did not go through, and can be tried again', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    proxyThatAnswers({ outcome: { ...EARLIER_PROBLEMS.notFound, status: 409, code: 'sold_out' }, statusCode: 409 });
    const element = await placeOffer();
    const failed = oneEvent(element, 'offer-error');
    await unlock.click();
    await expect.element(tryAgain).toBeVisible();
    expect((await failed).error).toMatchObject({ code: 'sold_out' });
  });

  it('in an answer, a reason: the page is told', async () => {
    proxyThatAnswers({ question: { access: 'denied', offer: null, why: 'full_moon' } });
    const { event } = await placeUntil('offer-none', await placing());
    expect(event).toMatchObject({ access: 'denied', why: 'full_moon' });
  });

  it('in an answer, an access: nothing is unlocked, and nothing is sold', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    proxyThatAnswers({ question: { ...OFFERED, access: 'on_trial' } });
    const { event } = await placeUntil('offer-error', await placing());
    expect(event.error).toMatchObject({ code: 'unreadable' });
    await expect.element(reports).not.toBeVisible();
    await expect.element(analyticsCard).not.toBeInTheDocument();
  });
});

it('asks, accepts and dismisses in words that the proxy of the version before takes: it refuses others', async () => {
  const sent = proxyThatAnswers({ outcome: EARLIER_OUTCOMES.failed });
  const { element } = await placeUntil('offer-ready', { ...(await placing()), context: { storage_used_percent: 85 } });
  await unlock.click();
  await tryAgain.click();
  await maybeLater.click();
  await expect.poll(() => sent.map(({ path }) => path)).toContainEqual(expect.stringMatching(/events$/));

  const bodies = (ending: string) => sent.flatMap(({ path, body }) => (path.endsWith(ending) ? [body] : []));
  const names = (values: unknown[]) => values.flatMap((value) => Object.keys(Object(value)));
  const questions = bodies('/offers');
  expect(EARLIER_REQUESTS.question).toEqual(expect.arrayContaining(names(questions)));
  expect(EARLIER_REQUESTS.page).toEqual(
    expect.arrayContaining(names(questions.map((each) => Reflect.get(Object(each), 'page')))),
  );
  expect(EARLIER_REQUESTS.acceptance).toEqual(expect.arrayContaining(names(bodies('/fulfillments'))));
  expect(EARLIER_REQUESTS.event).toEqual(expect.arrayContaining(names(bodies('/events'))));
  expect(element.isConnected).toBe(true);
});

it('a language of another version may lack a word: English says it, and not "undefined"', async () => {
  const { de } = await import('../../../widget/view/words/de.js');
  const { dismiss: _, ...fewer } = de;
  vi.spyOn(dictionaries, 'de').mockResolvedValue({ de: { ...fewer } as typeof de });
  proxyThatAnswers({});
  document.documentElement.lang = 'de';
  await placeOffer();
  await expect.element(maybeLater).toBeVisible();
  await expect.element(page.getByText('undefined')).not.toBeInTheDocument();
  document.documentElement.lang = 'en';
});
