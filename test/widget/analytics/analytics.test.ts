/** `upgrade-offer/analytics`: what the adapters make of the events of a real offer, by the schemas that the vendors publish. */
import { oneEvent } from '@open-wc/testing/pure';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import {
  dataLayer,
  gtag,
  posthog,
  segment,
  track,
  type Adapter,
  type TrackedEvent,
} from '../../../widget/analytics/analytics.js';
import { GA4_EVENTS } from '../../../widget/analytics/ga4.js';
import { plainText } from '../../../widget/analytics/plain-text.js';
import { POSTHOG_EVENTS } from '../../../widget/analytics/posthog.js';
import { SEGMENT_EVENTS } from '../../../widget/analytics/segment.js';
import { createOfferFlow } from '../../../widget/headless/headless.js';
import { newCustomer } from '../../support/customer.js';
import { placeUntil } from '../../support/place.js';
import { addStorage, ANALYTICS, maybeLater, stack, STORAGE } from '../../support/widget-words.js';
import {
  Ga4EventName,
  Ga4Promotion,
  PostHogEventName,
  PostHogProperties,
  SegmentEventName,
  SegmentPromotion,
} from './vendor-schemas.js';

/** What a vendor got: the name of an event, and its fields as JSON. */
type Sent = readonly [name: string, fields: unknown];

let ended: (() => void)[] = [];

afterEach(() => {
  for (const end of ended) end();
  ended = [];
});

const STORAGE_OFFER = { id: 'moreStorage', name: 'Running out of storage?' };

describe('a purchase', () => {
  const sent: Record<'dataLayer' | 'gtag' | 'segment' | 'posthog', Sent[]> = {
    dataLayer: [],
    gtag: [],
    segment: [],
    posthog: [],
  };
  const pushed: object[] = [];

  let bought: Promise<void> | undefined;
  // Not before all: Firefox takes no click before the set-up of a test.
  beforeEach(() => (bought ??= buy()));

  async function buy(): Promise<void> {
    const tap = (name: keyof typeof sent) => (event: string, fields: object) =>
      void sent[name].push([event, JSON.parse(JSON.stringify(fields))]);
    const layer = { push: (entry: object) => pushed.push(JSON.parse(JSON.stringify(entry))) };
    listen(dataLayer(layer));
    listen(gtag((_, event, fields) => tap('gtag')(event, fields)));
    listen(segment({ track: tap('segment') }));
    listen(posthog({ capture: tap('posthog') }));
    await placeUntil('offer-viewed', { customer: await newCustomer(), ...STORAGE });
    const fulfilled = oneEvent(document, 'offer-fulfilled');
    await addStorage.click();
    await fulfilled;
  }

  it('is pushed to the data layer as GA4 has promotions, each after what clears the one before', () => {
    const [clears, views, , clicks] = pushed;
    expect(clears).toEqual({ ecommerce: null });
    expect(pushed.filter((_, index) => index % 2 === 0)).toEqual([clears, clears, clears, clears]);
    const item = { item_id: STORAGE_OFFER.id, item_name: STORAGE_OFFER.name };
    const promotion = {
      promotion_id: STORAGE_OFFER.id,
      promotion_name: STORAGE_OFFER.name,
      creative_slot: 'banner',
    };
    expect(views).toEqual({ event: 'view_promotion', ecommerce: { ...promotion, items: [item] } });
    expect(clicks).toEqual({
      event: 'select_promotion',
      ecommerce: { ...promotion, items: [{ ...item, item_variant: 'Add 100 GB storage' }] },
    });
  });

  it('goes to gtag with the same names and parameters, by the schema of GA4', () => {
    const pushes = pushed.filter((entry) => 'event' in entry);
    expect(sent.gtag).toEqual(pushes.map((entry) => [Reflect.get(entry, 'event'), Reflect.get(entry, 'ecommerce')]));
    for (const [name, parameters] of sent.gtag) {
      if (name.endsWith('_promotion')) expect(problems(Ga4Promotion, parameters), name).toEqual([]);
    }
    expect(sent.gtag.map(([name]) => name)).toEqual([
      'view_promotion',
      'select_promotion',
      'offer_accepted',
      'offer_fulfilled',
    ]);
  });

  it('goes to Segment as promotions, by its ecommerce spec', () => {
    expect(sent.segment.map(([name]) => name)).toEqual([
      'Promotion Viewed',
      'Promotion Clicked',
      'Offer Accepted',
      'Offer Fulfilled',
    ]);
    for (const [name, properties] of sent.segment) expect(problems(SegmentPromotion, properties), name).toEqual([]);
    expect(sent.segment[1]?.[1]).toEqual({
      promotion_id: STORAGE_OFFER.id,
      name: STORAGE_OFFER.name,
      creative: 'banner',
      position: 'banner',
      offer_id: expect.any(String),
      option_id: expect.any(String),
    });
  });

  it('goes to PostHog as objects and verbs, with what was chosen and what came of it', () => {
    expect(sent.posthog.map(([name]) => name)).toEqual([
      'offer viewed',
      'offer clicked',
      'offer accepted',
      'offer fulfilled',
    ]);
    for (const [name, properties] of sent.posthog) expect(problems(PostHogProperties, properties), name).toEqual([]);
    expect(sent.posthog[2]?.[1]).toEqual({
      campaign_id: STORAGE_OFFER.id,
      offer_id: expect.any(String),
      title: STORAGE_OFFER.name,
      layout: 'banner',
      option_id: expect.any(String),
      outcome: 'pending',
    });
  });
});

it('every name of ours follows the vendor: GA4 snake case, Segment title case, PostHog lower case', () => {
  for (const name of Object.values(GA4_EVENTS)) expect(problems(Ga4EventName, name), name).toEqual([]);
  for (const name of Object.values(SEGMENT_EVENTS)) expect(problems(SegmentEventName, name), name).toEqual([]);
  for (const name of Object.values(POSTHOG_EVENTS)) expect(problems(PostHogEventName, name), name).toEqual([]);
});

describe('track', () => {
  it('sends nothing of before it was called, and nothing after stop()', async () => {
    const { element } = await placeUntil('offer-viewed', { customer: await newCustomer(), feature: ANALYTICS });
    const heard: TrackedEvent[] = [];
    const tracking = track(document, (event) => void heard.push(event));
    element.snooze();
    await expect.poll(() => heard.map(({ type }) => type)).toEqual(['offer-snoozed']);
    tracking.stop();
    await element.show();
    expect(element.matches(':state(offered)')).toBe(true);
    expect(heard.map(({ type }) => type)).toEqual(['offer-snoozed']);
  });

  it('hears one element, and says why there is no offer by its type', async () => {
    const customer = await newCustomer('no-match');
    const heard: TrackedEvent[] = [];
    ended.push(track(document, (event) => void heard.push(event)).stop);
    const { element } = await placeUntil('offer-none', { customer, layout: 'corner' });
    const own: TrackedEvent[] = [];
    ended.push(track(element, (event) => void own.push(event)).stop);
    expect(heard).toEqual([{ type: 'offer-none', layout: 'corner' }]);
    expect(own).toEqual([]);
  });

  it('hears a flow that draws by itself, with its layout', async () => {
    const { token } = await newCustomer();
    const flow = createOfferFlow({ proxy: stack.proxyUrl, token, feature: ANALYTICS, layout: 'corner' });
    const heard: TrackedEvent[] = [];
    ended.push(track(flow, (event) => void heard.push(event)).stop, flow.stop);
    flow.ask();
    await expect
      .poll(() => heard)
      .toMatchObject([{ type: 'offer-ready', campaignId: 'advancedAnalytics', layout: 'corner' }]);
  });

  it('finds the element in the shadow root of a component of the page', async () => {
    const heard: TrackedEvent[] = [];
    listen((event) => void heard.push(event));
    const host = document.body.appendChild(document.createElement('div'));
    ended.push(() => host.remove());
    const element = document.createElement('upgrade-offer');
    host.attachShadow({ mode: 'open' }).append(Object.assign(element, { mock: 'one-option', layout: 'banner' }));
    await expect.poll(() => heard).toMatchObject([{ type: 'offer-ready', layout: 'banner' }]);
  });

  it('sends nothing of a preview, from the offer to what its acceptance plays', async () => {
    const heard: TrackedEvent[] = [];
    listen((event) => void heard.push(event));
    const customer = await newCustomer('ordinary', { claims: { preview: true } });
    await placeUntil('offer-viewed', { customer, ...STORAGE });
    const accepted = oneEvent(document, 'offer-accepted');
    await addStorage.click();
    await accepted;
    expect(heard).toEqual([]);
  });

  it('sends a dismissal under the name that each vendor gives it', async () => {
    const names: string[] = [];
    listen(gtag((_, name) => void names.push(name)));
    listen(segment({ track: (name) => void names.push(name) }));
    listen(posthog({ capture: (name) => void names.push(name) }));
    await placeUntil('offer-viewed', { customer: await newCustomer(), feature: ANALYTICS });
    names.length = 0;
    await maybeLater.click();
    await expect.poll(() => names).toEqual(['offer_dismissed', 'Offer Dismissed', 'offer dismissed']);
  });
});

describe('the name of a promotion is the text of the title', () => {
  it.each([
    ['Unlock <b>everything</b>', 'Unlock everything'],
    ['<p>Running out?</p><p>Add 100&nbsp;GB</p>', 'Running out? Add 100 GB'],
    ['Save 20<sup>%</sup><br>today', 'Save 20% today'],
    ['R&amp;D &#38; &#x26; more &euro;5', 'R&D & & more €5'],
    ['3 < 5 and 7 > 2', '3 < 5 and 7 > 2'],
    ['<a title="a > b" href="x">Go</a>', 'Go'],
    ['Hi<script>alert(1)</script><style>a{}</style><!-- a > b -->', 'Hi'],
    ['&lt;b&gt; is bold', '<b> is bold'],
    ['&unknown; &#99999999; &', '&unknown; &#99999999; &'],
    [' \n ', ''],
  ])('%j is %j', (html, text) => expect(plainText(html)).toBe(text));
});

/** Until the end of the test. */
function listen(adapter: Adapter): void {
  ended.push(track(document, adapter).stop);
}

function problems(schema: v.GenericSchema, value: unknown): string[] {
  return v.safeParse(schema, value).issues?.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`) ?? [];
}
