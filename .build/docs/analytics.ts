/** What the adapters of the analytics send, asked of the adapters. */
import { gtag, posthog, segment, type Adapter, type TrackedEvent } from '../../widget/analytics/analytics.js';
import { TRACKED, type TrackedType } from '../../widget/analytics/tracked-event.js';
import type { Rows } from './markdown-table.js';

/** No value twice, to be found again in what is sent. */
const EVENT: Omit<TrackedEvent, 'type'> = {
  campaignId: 'offer_advanced_analytics',
  title: 'Unlock Advanced Analytics',
  layout: 'banner',
  offerId: 'po_16BjQfUzbMtVj1Kc',
  option: { id: 'opt_unlock', label: 'Unlock now' },
  outcome: 'pending',
  code: 'expired',
};

const FIELDS = [
  ['campaignId', EVENT.campaignId],
  ['title', EVENT.title],
  ['layout', EVENT.layout],
  ['offerId', EVENT.offerId],
  ['option.id', EVENT.option?.id],
  ['option.label', EVENT.option?.label],
  ['outcome', EVENT.outcome],
  ['code', EVENT.code],
] as const;

interface Sent {
  readonly name: string;
  readonly fields: object;
}

export function analyticsEvents(): Rows {
  return [
    ['event', 'GA4', 'Segment', 'PostHog'],
    ...TRACKED.map((type) => [code(type), ...sentOf(type).map((sent) => (sent ? code(sent.name) : ''))]).filter(
      ([, ...names]) => names.some(Boolean),
    ),
  ];
}

export function analyticsFields(): Rows {
  const sent = sentOf('offer-accepted');
  return [
    ['field', 'GA4', 'Segment', 'PostHog'],
    ...FIELDS.map(([field, value]) => [code(field), ...sent.map((each) => (each ? keysOf(each.fields, value) : ''))]),
  ];
}

/** What each vendor gets, undefined if nothing. */
function sentOf(type: TrackedType): (Sent | undefined)[] {
  const event = { ...EVENT, type };
  return VENDORS.map((vendor) => {
    let sent: Sent | undefined;
    vendor((name, fields) => (sent = { name, fields }))(event);
    return sent;
  });
}

type Send = (name: string, fields: object) => void;

const VENDORS: readonly ((send: Send) => Adapter)[] = [
  (send) => gtag((_, name, fields) => send(name, fields)),
  (send) => segment({ track: send }),
  (send) => posthog({ capture: send }),
];

function keysOf(fields: object, value: string | undefined): string {
  return Object.entries(fields)
    .flatMap(([key, each]) =>
      Array.isArray(each) ? Object.entries(each[0]).map(([inner, own]) => [`${key}[].${inner}`, own]) : [[key, each]],
    )
    .filter(([, each]) => each === value)
    .map(([key]) => code(key))
    .join(', ');
}

function code(text: string): string {
  return `\`${text}\``;
}
