/** `upgrade-offer/analytics` beside the real packages of Segment and PostHog, whose calls end on this machine. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { rolldown } from 'rolldown';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { newCustomer } from '../support/customer.js';
import { sandboxOf } from '../support/sandbox-client.js';
import { SegmentPromotion } from '../widget/analytics/vendor-schemas.js';
import { MODULE, startHost, type Host } from './host-page.js';

/** A call of `track`: https://segment.com/docs/connections/spec/track/ and https://segment.com/docs/connections/spec/common/ */
const SegmentTrack = v.looseObject({
  type: v.literal('track'),
  event: v.string(),
  properties: v.record(v.string(), v.unknown()),
  anonymousId: v.string(),
  messageId: v.string(),
  timestamp: v.pipe(v.string(), v.isoTimestamp()),
  writeKey: v.literal('write-key'),
});

/** Events as they are captured: https://posthog.com/docs/api/capture */
const PostHogBatch = v.looseObject({
  api_key: v.literal('phc_key'),
  batch: v.array(
    v.looseObject({
      event: v.string(),
      properties: v.looseObject({ distinct_id: v.string(), token: v.literal('phc_key') }),
    }),
  ),
});

let host: Host;
let script: string;

beforeAll(async () => {
  [host, script] = await Promise.all([startHost(), bundled('test/host-pages/vendor-page.ts')]);
});

afterAll(() => host.close());

it('sends what happens between consent and its withdrawal, in the calls of Segment, of PostHog and in the data layer', async () => {
  const customer = await newCustomer('ordinary', { secret: host.stack.identitySecret });
  const { url, segment, posthog } = await collect();
  const { page, complaints } = await host.open({
    head: `<meta name="collector" content="${url}">${MODULE}<script type="module" src="/page.js"></script>`,
    body: `<button id="agree">Agree</button><button id="withdraw">Withdraw</button><button id="order">Order</button>
      <upgrade-offer feature="advanced-analytics" token="${customer.token}"></upgrade-offer>`,
    scripts: { '/page.js': script },
  });
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).hostname));
  const chargebeeHeard = async () => (await sandboxOf(host.stack).records(customer)).events.map(({ type }) => type);

  // Seen before the customer agreed.
  await expect.poll(chargebeeHeard).toEqual(['viewed']);
  await page.getByRole('button', { name: 'Agree' }).click();
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect.poll(() => namesOf(segment)).toEqual(['Offer Dismissed']);

  await page.evaluate((token) => {
    const offer = document.createElement('upgrade-offer');
    Object.assign(offer, { layout: 'banner', token, context: { storage_used_percent: 85 } });
    document.body.append(offer);
  }, customer.token);
  await expect.poll(() => namesOf(segment)).toContain('Promotion Viewed');
  await page.getByRole('button', { name: 'Add 100 GB storage' }).click();
  await expect.poll(() => namesOf(segment)).toContain('Offer Fulfilled');

  await page.getByRole('button', { name: 'Withdraw' }).click();
  await page.evaluate(async () => {
    const [first] = document.querySelectorAll('upgrade-offer');
    await first?.show();
    first?.snooze();
  });
  // A fence: by now, what was sent before has been sent.
  await page.getByRole('button', { name: 'Order' }).click();

  await expect
    .poll(() => namesOf(segment))
    .toEqual([
      'Offer Accepted',
      'Offer Dismissed',
      'Offer Fulfilled',
      'Page Ordered',
      'Promotion Clicked',
      'Promotion Viewed',
    ]);
  await expect
    .poll(() => namesOf(posthog))
    .toEqual(['offer accepted', 'offer clicked', 'offer dismissed', 'offer fulfilled', 'offer viewed', 'page ordered']);
  const { properties: dismissed } = one(segment, 'Offer Dismissed');
  expect(dismissed).toMatchObject({ promotion_id: 'advancedAnalytics', name: 'Unlock Advanced Analytics' });
  for (const name of ['Promotion Viewed', 'Promotion Clicked']) {
    expect(v.parse(SegmentPromotion, one(segment, name).properties), name).toMatchObject({
      promotion_id: 'moreStorage',
      name: 'Running out of storage?',
      creative: 'banner',
      position: 'banner',
    });
  }
  expect(one(posthog, 'offer viewed').properties).toMatchObject({
    campaign_id: 'moreStorage',
    title: 'Running out of storage?',
    layout: 'banner',
  });
  const pushed = await page.evaluate(() => Reflect.get(window, 'dataLayer') as { event?: string }[]);
  expect(pushed.flatMap(({ event }) => event ?? [])).toEqual([
    'offer_dismissed',
    'view_promotion',
    'select_promotion',
    'offer_accepted',
    'offer_fulfilled',
  ]);
  expect([...hosts]).toEqual(['127.0.0.1']);
  expect(await complaints()).toEqual([]);
});

/** In any order: each is a request of its own. */
function namesOf(events: readonly { readonly event: string }[]): string[] {
  return events.map(({ event }) => event).toSorted();
}

function one<T extends { readonly event: string }>(events: readonly T[], name: string): T {
  const [found, ...others] = events.filter(({ event }) => event === name);
  if (!found || others.length > 0) throw new Error(`Failed to find one "${name}" among ${namesOf(events).join(', ')}.`);
  return found;
}

/** Stands in for the vendors' servers, and reads what they are sent. */
async function collect() {
  const segment: v.InferOutput<typeof SegmentTrack>[] = [];
  const posthog: v.InferOutput<typeof PostHogBatch>['batch'] = [];
  const app = new Hono();
  app.use(cors());
  app.post('/segment/*', async (c) => {
    segment.push(v.parse(SegmentTrack, await c.req.json()));
    return c.json({ success: true });
  });
  app.post('/posthog/*', async (c) => {
    posthog.push(...v.parse(PostHogBatch, await c.req.json()).batch);
    return c.json({ status: 1 });
  });
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, segment, posthog };
}

/** As an app bundles it, with all that it imports. */
async function bundled(input: string): Promise<string> {
  const bundle = await rolldown({
    input,
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  });
  const { output } = await bundle.generate({ codeSplitting: false });
  await bundle.close();
  return output[0].code;
}
