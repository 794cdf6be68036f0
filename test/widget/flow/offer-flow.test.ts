/** The whole flow without the element, in a page that never loads Lit: what a renderer of its own would use. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OfferEventMap } from '../../../widget/flow/event-map.js';
import { OfferFlow } from '../../../widget/flow/offer-flow.js';
import type { OfferState } from '../../../widget/flow/offer-state.js';
import { tellOtherTabs } from '../../../widget/flow/acceptance/tell-other-tabs.js';
import type { OfferHost, StateOwnerOptions } from '../../../widget/flow/state-owner.js';
import { newCustomer, type TestCustomer } from '../../support/customer.js';
import { OwnPage } from '../../support/own-page.js';
import { ANALYTICS, completeInTheApp, eventsOf, grantElsewhere, sandbox, stack } from '../../support/widget-words.js';

const flows: OfferFlow[] = [];

afterEach(() => {
  for (const flow of flows.splice(0)) flow.stop();
  document.body.replaceChildren();
});

it('runs in a page that never loads Lit', async () => {
  const { state } = await offered(await newCustomer());
  expect(state).toMatchObject({ status: 'offered', offer: { title: expect.stringContaining('Analytics') } });
  for (const loaded of ['litHtmlVersions', 'litElementVersions', 'reactiveElementVersions']) {
    expect(Reflect.has(globalThis, loaded), loaded).toBe(false);
  }
});

describe('a question', () => {
  it('goes from nothing through asking to the offer', async () => {
    const flow = flowFor(await newCustomer());
    const seen: OfferState['status'][] = [];
    flow.subscribe(() => seen.push(flow.state.status));
    flow.start();
    flow.update();
    await becomes(flow, 'offered');
    expect(seen).toEqual(['asking', 'offered']);
  });

  it('leads to an unlocked feature, or to nothing and the reason', async () => {
    const entitled = started(await newCustomer('entitled'));
    await becomes(entitled.flow, 'unlocked');
    const { flow } = started(await newCustomer('nothing'));
    expect(await becomes(flow, 'empty')).toEqual({ status: 'empty', access: 'denied', why: 'no_match' });
  });

  it('is asked again by a refresh, and when a setting changes', async () => {
    const { flow, host } = await offered(await newCustomer());
    const fetch = vi.spyOn(window, 'fetch');
    host.feature = undefined;
    host.context = { storage_used_percent: 10 };
    flow.update();
    await becomes(flow, 'empty');
    // What was asked in this very moment is not asked again.
    await expect
      .poll(async () => {
        await flow.ask();
        return pathsOf(fetch);
      })
      .toEqual(['/offers', '/offers']);
  });
});

describe('a view', () => {
  it('is reported once the offer was half on screen for a second', async () => {
    const customer = await newCustomer();
    const { flow, heard } = await offered(customer);
    const card = document.body.appendChild(document.createElement('section'));
    card.textContent = 'An offer, drawn by the page itself';
    flow.seen(card);
    await expect.poll(() => heard).toContain('offer-viewed');
    await expect.poll(() => eventsOf(customer)).toEqual(['viewed']);
  });
});

describe('an acceptance', () => {
  it('that Chargebee carries out is pending, then completed', async () => {
    const customer = await newCustomer('every-option');
    const { flow, heard } = await offered(customer, { feature: undefined });
    await flow.accept(optionNamed(flow, 'Add 100 GB storage'));
    expect(flow.state.status).toBe('pending');
    await becomes(flow, 'completed');
    await expect.poll(() => heard).toContain('offer-fulfilled');
    expect(heard).toEqual(['offer-ready', 'offer-accept', 'offer-viewed', 'offer-accepted', 'offer-fulfilled']);
    expect((await sandbox.records(customer)).fulfillments).toMatchObject([{ status: 'completed' }]);
  });

  it.each([
    ['checkout', 'Buy now', { status: 'checkout', layout: 'full_page', url: expect.stringContaining('/pages/') }],
    ['redirect', 'Unlock now', { status: 'redirect', url: expect.stringContaining('/app/upgrade.html') }],
    ['webhook', 'Request access', { status: 'elsewhere', channel: 'webhook' }],
    ['email', 'Talk to sales', { status: 'elsewhere', channel: 'email' }],
  ])('by %s says where it goes on', async (_, label, outcome) => {
    const { flow } = await offered(await newCustomer('every-option'));
    await flow.accept(optionNamed(flow, label));
    expect(flow.state).toMatchObject(outcome);
  });

  it('that does not get through can be sent again', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const customer = await newCustomer();
    const { flow } = await offered(customer);
    const send = window.fetch;
    const network = vi.spyOn(window, 'fetch').mockImplementation(async (...request) => {
      if (String(request[0]).endsWith('/fulfillments')) throw new TypeError('no network');
      return send(...request);
    });
    await flow.accept();
    expect(flow.state.status).toBe('interrupted');
    network.mockRestore();
    await flow.accept();
    expect(flow.state.status).toBe('redirect');
    expect((await sandbox.records(customer)).fulfillments).toHaveLength(1);
  });

  it('whose code cannot be fetched needs a reload, and the page goes on with it after that', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const customer = await newCustomer();
    const gone = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
    const { flow } = await offered(customer, { feature: ANALYTICS, prepareOutcome: gone });
    const optionId = optionNamed(flow, 'Unlock now');
    await flow.accept(optionId);
    expect(flow.state).toMatchObject({ status: 'interrupted', optionId, needsReload: true });
    flow.stop();
    const reloaded = started(customer).flow;
    const state = await becomes(reloaded, 'interrupted');
    expect(state).toMatchObject({ optionId });
    expect(state).not.toMatchObject({ needsReload: true });
    await reloaded.accept(optionId);
    expect(reloaded.state.status).toBe('redirect');
    expect((await sandbox.records(customer)).fulfillments).toHaveLength(1);
  });

  it('whose code cannot be fetched without a network can be sent again: a reload would lose the page', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    let isOffline = true;
    const prepareOutcome = async () => {
      if (isOffline) throw new TypeError('Failed to fetch dynamically imported module');
    };
    const { flow } = await offered(await newCustomer(), { feature: ANALYTICS, prepareOutcome });
    await flow.accept();
    expect(flow.state).toMatchObject({ status: 'interrupted', needsReload: false });
    isOffline = false;
    await flow.accept();
    expect(flow.state.status).toBe('redirect');
  });

  it('may be prevented by the page', async () => {
    const customer = await newCustomer();
    const { flow, host } = await offered(customer);
    host.addEventListener('offer-accept', (event) => event.preventDefault());
    await flow.accept();
    expect(flow.state.status).toBe('offered');
    expect((await sandbox.records(customer)).fulfillments).toEqual([]);
  });

  it('is resumed on the next page, and unlocks the feature once the app has reported it', async () => {
    const customer = await newCustomer();
    const first = await offered(customer);
    await first.flow.accept();
    first.flow.stop();
    const second = started(customer);
    expect(await becomes(second.flow, 'redirect')).toMatchObject({ acceptedBefore: 'you' });
    second.flow.stop();
    await completeInTheApp(customer);
    await becomes(started(customer).flow, 'unlocked');
  });
});

describe('an offer that the customer does not want now', () => {
  it('is dismissed, and the page and Chargebee are told', async () => {
    const customer = await newCustomer();
    const { flow, heard } = await offered(customer);
    flow.dismiss();
    expect(flow.state.status).toBe('closed');
    await expect.poll(() => heard).toContain('offer-dismissed');
    await expect.poll(async () => (await eventsOf(customer)).toSorted()).toEqual(['dismissed', 'viewed']);
  });

  it('is snoozed without a word, and comes back when it is asked for', async () => {
    const customer = await newCustomer();
    const { flow } = await offered(customer);
    flow.snooze();
    expect(flow.state).toMatchObject({ status: 'held', by: 'snoozed' });
    await flow.show();
    expect(flow.state.status).toBe('offered');
    expect(await eventsOf(customer)).toEqual([]);
  });
});

describe('other tabs', () => {
  it('are heard: an offer that was fulfilled there is asked about again', async () => {
    const customer = await newCustomer();
    const { flow } = await offered(customer);
    await grantElsewhere(customer);
    // An answer of this very moment is reused, so the news may have to come again.
    await expect
      .poll(() => {
        tellOtherTabs();
        return flow.state.status;
      })
      .toBe('unlocked');
  });
});

interface Visit extends StateOwnerOptions {
  readonly feature?: string | undefined;
}

function started(customer: TestCustomer, { feature, ...options }: Visit = { feature: ANALYTICS }) {
  const host = new OwnPage(customer, feature);
  const heard: string[] = [];
  for (const type of EVENTS) host.addEventListener(type, () => heard.push(type));
  const flow = flowOf(host, options);
  flow.start();
  flow.update();
  return { flow, host, heard };
}

async function offered(customer: TestCustomer, options?: Visit) {
  const { flow, ...rest } = started(customer, options);
  const state = await becomes(flow, 'offered');
  return { flow, state, ...rest };
}

function flowFor(customer: TestCustomer): OfferFlow {
  return flowOf(new OwnPage(customer, ANALYTICS));
}

function flowOf(host: OfferHost, options?: StateOwnerOptions): OfferFlow {
  const flow = new OfferFlow(host, options);
  flows.push(flow);
  return flow;
}

async function becomes(flow: OfferFlow, status: OfferState['status']): Promise<OfferState> {
  await expect.poll(() => flow.state.status).toBe(status);
  return flow.state;
}

function optionNamed(flow: OfferFlow, label: string): string {
  const { state } = flow;
  const option = state.status === 'offered' && state.offer.options.find((each) => each.label === label);
  if (!option) throw new Error(`Failed to find the option "${label}" in the state ${state.status}.`);
  return option.id;
}

function pathsOf(fetch: { mock: { calls: unknown[][] } }): string[] {
  return fetch.mock.calls.map(([url]) => String(url).slice(stack.proxyUrl.length));
}

const EVENTS: readonly (keyof OfferEventMap)[] = [
  'offer-ready',
  'offer-viewed',
  'offer-accept',
  'offer-accepted',
  'offer-fulfilled',
  'offer-dismiss',
  'offer-dismissed',
];
