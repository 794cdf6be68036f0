/** Whose token is sent: what was fetched for one customer never speaks for another. */
import { oneEvent } from '@open-wc/testing/pure';
import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { forgetAnswers } from '../../../../widget/flow/question/page-memory.js';
import { gate, type UpgradeOffer } from '../../../../widget/index.js';
import { newCustomer, signToken, type TestCustomer } from '../../../support/customer.js';
import { callsTo, place, placeUntil } from '../../../support/place.js';
import {
  ANALYTICS,
  analyticsCard,
  carryOn,
  fulfillmentsOf,
  maybeLater,
  oneMoment,
  reports,
  stack,
  status,
  tryAgain,
  unlock,
} from '../../../support/widget-words.js';

const send = window.fetch;

describe('a token that is on its way while another customer signs in', () => {
  it('serves the first one only: what comes late is never sent for the second', async () => {
    const first = await newCustomer();
    const second = await newCustomer('entitled');
    const late = Promise.withResolvers<string>();
    const fetching = vi.spyOn(window, 'fetch');
    const element = await place({
      token: await expiredTokenOf(first),
      getToken: () => late.promise,
      feature: ANALYTICS,
    });
    await expect.poll(() => fetching.mock.results.length).toBe(1);
    await fetching.mock.results[0]?.value;
    element.token = second.token;
    await element.updateComplete;
    late.resolve(first.token);
    await expect.element(reports).toBeVisible();
    fetching.mockClear();
    await element.refresh();
    expect(bearersOf(fetching)).toEqual([second.token]);
    await expect.element(analyticsCard).not.toBeInTheDocument();
  });

  it('is not shared with the second one by a getToken that both have', async () => {
    const first = await newCustomer();
    const second = await newCustomer('entitled');
    const late = Promise.withResolvers<string>();
    const getToken = vi.fn(async () => second.token).mockReturnValueOnce(late.promise);
    const element = await place({ token: await expiredTokenOf(first), getToken, feature: ANALYTICS });
    await expect.poll(() => getToken.mock.calls.length).toBe(1);
    element.token = await expiredTokenOf(second);
    await expect.element(reports).toBeVisible();
    late.resolve(first.token);
    await element.refresh();
    await expect.element(reports).toBeVisible();
    await expect.element(analyticsCard).not.toBeInTheDocument();
  });

  it('does not go on with what the first one has begun: an acceptance is not sent in another name', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const first = await newCustomer();
    const second = await newCustomer();
    const getToken = vi.fn(async () => second.token).mockResolvedValueOnce(first.token);
    const { element } = await placeUntil('offer-ready', { getToken, feature: ANALYTICS });
    const names: string[] = [];
    vi.spyOn(window, 'fetch').mockImplementation(async (...request) => {
      if (!String(request[0]).endsWith('/fulfillments')) return send(...request);
      names.push(bearerOf(request[1]));
      return Response.json({ code: 'token_expired', title: 'Expired' }, { status: 401 });
    });
    await element.accept();
    expect(names).toEqual([first.token]);
  });
});

describe('a change of customer with getToken alone', () => {
  it('is noticed: the offer of the first one goes, and the second one is asked about', async () => {
    const first = await newCustomer();
    const second = await newCustomer('entitled');
    const { element } = await placeUntil('offer-ready', { getToken: async () => first.token, feature: ANALYTICS });
    const unlocked = oneEvent(element, 'offer-unlocked');
    element.getToken = async () => second.token;
    await unlocked;
    await expect.element(reports).toBeVisible();
    await expect.element(analyticsCard).not.toBeInTheDocument();
  });

  it('is noticed by show() of a manual element', async () => {
    const first = await newCustomer();
    const second = await newCustomer('entitled');
    const element = await place({ getToken: async () => first.token, feature: ANALYTICS, manual: true });
    await element.show();
    await expect.element(analyticsCard).toBeVisible();
    element.getToken = async () => second.token;
    await element.show();
    await expect.element(reports).toBeVisible();
  });

  it('is noticed when the element was taken out and put back, though the function is the same', async () => {
    const first = await newCustomer();
    const second = await newCustomer('entitled');
    let current = first;
    const { element } = await placeUntil('offer-ready', { getToken: async () => current.token, feature: ANALYTICS });
    const place = element.parentElement;
    element.remove();
    await Promise.resolve();
    current = second;
    place?.append(element);
    await element.refresh();
    await expect.element(reports).toBeVisible();
  });

  it('is no change when the same customer’s token comes from another function', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { getToken: async () => customer.token, feature: ANALYTICS });
    const card = analyticsCard.element();
    const fetching = vi.spyOn(window, 'fetch');
    const getToken = vi.fn(async () => customer.token);
    element.getToken = getToken;
    await expect.poll(() => getToken.mock.calls.length).toBe(1);
    await element.updateComplete;
    expect(fetching).not.toHaveBeenCalled();
    expect(analyticsCard.element()).toBe(card);
  });
});

it('a token that nobody can read is renewed like any other, and its offer stays', async () => {
  const offer = {
    id: 'o1',
    title: 'More',
    description: '',
    options: [{ id: 'p1', label: 'Take it' }],
    expiresAt: 1e15,
  };
  let hasEnded = false;
  const statusFor = (bearer: string) => (bearer === 'opaque-1' && hasEnded ? 401 : 200);
  const fetching = vi
    .spyOn(window, 'fetch')
    .mockImplementation(async (_, init) =>
      Response.json({ offer, code: 'token_expired', title: 'Expired' }, { status: statusFor(bearerOf(init)) }),
    );
  const getToken = vi.fn(async () => 'opaque-2').mockResolvedValueOnce('opaque-1');
  const { element } = await placeUntil('offer-ready', { getToken });
  const card = page.getByRole('region', { name: 'More' }).element();
  hasEnded = true;
  fetching.mockClear();
  forgetAnswers();
  await element.refresh();
  expect(bearersOf(fetching).slice(0, 2)).toEqual(['opaque-1', 'opaque-2']);
  expect(card.isConnected).toBe(true);
});

describe('getToken', () => {
  it('is called once for all that need a token at the same moment', async () => {
    const { token } = await newCustomer('entitled');
    const getToken = vi.fn(async () => token);
    const elements = await Promise.all(
      Array.from({ length: 5 }, () => place({ getToken, feature: ANALYTICS, manual: true })),
    );
    await Promise.all(elements.map((element) => element.show()));
    expect(getToken).toHaveBeenCalledTimes(1);
  });

  it('that never answers ends, and the customer who has pressed a button hears of it', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const timeUp = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(timeUp.signal);
    const getToken = vi.fn(() => new Promise<string>(() => {}));
    element.getToken = getToken;
    element.token = await expiredTokenOf(customer);
    await element.updateComplete;
    await unlock.click();
    await expect.element(oneMoment).toBeVisible();
    await expect.poll(() => getToken.mock.calls.length).toBe(1);
    timeUp.abort(new DOMException('The time is up', 'TimeoutError'));
    await expect.element(status).toHaveTextContent('That didn’t go through');
    vi.mocked(AbortSignal.timeout).mockRestore();
    element.getToken = async () => customer.token;
    await tryAgain.click();
    await expect.element(status).toHaveTextContent('Taking you to the next step…');
  });
});

describe('with getToken alone, what one customer leaves in the tab is not the next one’s:', () => {
  it('a snooze', async () => {
    const first = await newCustomer();
    const second = await newCustomer();
    const { element } = await placeUntil('offer-ready', { getToken: async () => first.token, feature: ANALYTICS });
    element.snooze();
    element.remove();
    await placeUntil('offer-ready', { getToken: async () => second.token, feature: ANALYTICS });
    await expect.element(maybeLater).toBeVisible();
  });

  it('a receipt, which the first one finds again', async () => {
    const first = await newCustomer();
    const second = await newCustomer();
    const { element } = await placeUntil('offer-ready', { getToken: async () => first.token, feature: ANALYTICS });
    await element.accept();
    element.remove();
    const { element: another } = await placeUntil('offer-ready', {
      getToken: async () => second.token,
      feature: ANALYTICS,
    });
    another.remove();
    await place({ getToken: async () => first.token, feature: ANALYTICS });
    await expect.element(carryOn).toBeVisible();
    expect(await fulfillmentsOf(second)).toEqual([]);
  });
});

describe('a question that was replaced while it was on its way', () => {
  it('is not sent again when it is refused: a getToken that a later script sets costs one question more, once two', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const { token } = await newCustomer();
    const first = Promise.withResolvers<void>();
    const fetching = vi.spyOn(window, 'fetch').mockImplementationOnce(async (...request) => {
      const response = await send(...request);
      await first.promise;
      return response;
    });
    const element = await place({ feature: ANALYTICS });
    await expect.poll(() => callsTo(fetching, '/offers')).toBe(1);
    element.getToken = async () => token;
    await element.updateComplete;
    first.resolve();
    await expect.element(analyticsCard).toBeVisible();
    await element.accept();
    expect(bearersOf(fetching).slice(0, 2)).toEqual(['', token]);
    expect(callsTo(fetching, '/offers')).toBe(2);
    expect(warn).not.toHaveBeenCalled();
  });

  it('by one about another feature is not sent again with a fresh token', async () => {
    const customer = await newCustomer('entitled');
    const fetching = vi.spyOn(window, 'fetch');
    const token = Promise.withResolvers<string>();
    const element = await place({
      token: await expiredTokenOf(customer),
      getToken: () => token.promise,
      feature: 'seats',
    });
    await expect.poll(() => callsTo(fetching, '/offers')).toBe(1);
    element.feature = ANALYTICS;
    await expect.poll(() => callsTo(fetching, '/offers')).toBe(2);
    token.resolve(customer.token);
    await expect.element(reports).toBeVisible();
    const asked = fetching.mock.calls.filter(([, init]) => bearerOf(init) === customer.token);
    expect(asked.map(([, init]) => JSON.parse(String(init?.body)).feature)).toEqual([ANALYTICS]);
  });

  it('but that another element waits for, is', async () => {
    const customer = await newCustomer('entitled');
    const token = Promise.withResolvers<string>();
    const placing = { token: await expiredTokenOf(customer), getToken: () => token.promise, feature: ANALYTICS };
    const fetching = vi.spyOn(window, 'fetch');
    const [first] = await Promise.all([place(placing), place(placing)]);
    await expect.poll(() => callsTo(fetching, '/offers')).toBe(1);
    first.remove();
    await Promise.resolve();
    token.resolve(customer.token);
    await expect.element(reports).toBeVisible();
  });
});

describe('where getToken says that nobody is signed in', () => {
  it.each<[what: string, nothing: string | null | undefined]>([
    ['undefined', undefined],
    ['null', null],
    ['an empty text', ''],
  ])('by %s, nothing is asked and nobody is warned', async (_, nothing) => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const fetching = vi.spyOn(window, 'fetch');
    const { element, event } = await placeUntil('offer-none', { getToken: async () => nothing, feature: ANALYTICS });
    expect(event.why).toBe('signed_out');
    await element.show();
    expect(await element.explain()).toMatch(/^Nobody is signed in.*asks again\.$/);
    expect(await gate(ANALYTICS, () => expect.unreachable())).toBe('unknown');
    expect(fetching).not.toHaveBeenCalled();
    expect(warn.mock.calls.filter(([line]) => !String(line).includes('gate('))).toEqual([]);
  });

  it.each<[way: string, signIn: (element: UpgradeOffer, token: string) => unknown]>([
    ['another getToken', (element, token) => (element.getToken = async () => token)],
    ['a token', (element, token) => (element.token = token)],
  ])('%s signs the customer in', async (_, signIn) => {
    const { token } = await newCustomer('entitled');
    const { element } = await placeUntil('offer-none', { getToken: async () => undefined, feature: ANALYTICS });
    signIn(element, token);
    await expect.element(reports).toBeVisible();
  });

  it('a token that nobody can read signs the customer in, too', async () => {
    const fetching = vi.spyOn(window, 'fetch');
    const { element } = await placeUntil('offer-none', { getToken: async () => undefined });
    fetching.mockImplementation(async () => Response.json({ offer: null, why: 'no_match' }));
    const answered = oneEvent(element, 'offer-none');
    element.getToken = async () => 'opaque';
    await answered;
    expect(bearersOf(fetching)).toEqual(['opaque']);
  });

  it('refresh() asks getToken again, and then the proxy', async () => {
    const { token } = await newCustomer('entitled');
    let session: string | undefined;
    const { element } = await placeUntil('offer-none', { getToken: async () => session, feature: ANALYTICS });
    session = token;
    await element.refresh();
    await expect.element(reports).toBeVisible();
  });

  it.each<[when: string, signOut: (element: UpgradeOffer) => unknown]>([
    ['in another tab, and a token is refused', (element) => element.refresh()],
    ['and the page sets another getToken', (element) => (element.getToken = async () => null)],
  ])('any more, %s, the offer goes without a word', async (_, signOut) => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const customer = await newCustomer();
    let token: string | undefined = customer.token;
    const { element } = await placeUntil('offer-ready', { getToken: async () => token, feature: ANALYTICS });
    vi.spyOn(window, 'fetch').mockImplementation(async (url, init) =>
      String(url).includes('/offers')
        ? Response.json({ code: 'token_expired', title: 'Expired' }, { status: 401 })
        : send(url, init),
    );
    const none = oneEvent(element, 'offer-none');
    const failed = vi.fn();
    element.addEventListener('offer-error', failed);
    token = undefined;
    await signOut(element);
    expect(await none).toMatchObject({ why: 'signed_out' });
    await expect.element(analyticsCard).not.toBeInTheDocument();
    expect(failed).not.toHaveBeenCalled();
    expect(warn).not.toHaveBeenCalled();
  });
});

async function expiredTokenOf({ customerId, subscriptionId }: TestCustomer): Promise<string> {
  return signToken({ sub: customerId, subscription_id: subscriptionId }, stack.identitySecret, '-1 minute');
}

function bearersOf(spy: { mock: { calls: [input: unknown, init?: RequestInit | undefined][] } }): string[] {
  return spy.mock.calls.map(([, init]) => bearerOf(init));
}

function bearerOf(init: RequestInit | undefined): string {
  return new Headers(init?.headers).get('Authorization')?.replace('Bearer ', '') ?? '';
}
