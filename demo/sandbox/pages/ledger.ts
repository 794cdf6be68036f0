/** The records as one list of short entries for the page, newest first. Pure. */
import * as v from 'valibot';
import type {
  CallRecord,
  EntitlementReadRecord,
  FulfillmentRecord,
  RecordOfSubject,
  SandboxRecords,
  WebhookRecord,
} from '../records.js';

type Tone = 'plain' | 'good' | 'bad' | 'quiet';

export interface Entry {
  readonly at: number;
  readonly customerId: string | undefined;
  readonly what: string;
  readonly about: string;
  readonly tone: Tone;
}

const WORDS = { viewed: 'Viewed', dismissed: 'Dismissed', completed: 'Completed', failed: 'Failed' };

const Refusal = v.object({ message: v.string() });
const NoOffer = v.object({ personalized_offers: v.pipe(v.array(v.unknown()), v.length(0)) });

export function ledger(records: SandboxRecords): Entry[] {
  const { offers, events, fulfillments, grants, entitlementReads, calls, ignored, webhooks } = records;
  return [
    ...ignored.map((each) => entry(each, 'Ignored', each.fields.join(', '), 'quiet')),
    ...entitlementReads.map((read) => entry(read, 'Entitlements read', levelsOf(read), 'quiet')),
    ...offers.map((offer) => entry(offer, 'Offered', `${offer.play}, as ${offer.personalized_offer_id}`)),
    ...events.map((event) => entry(event, WORDS[event.type], event.personalized_offer_id)),
    ...fulfillments.flatMap(acceptanceAndEnd),
    ...grants.map((grant) => entry(grant, 'Granted', `${grant.feature_id} is now ${grant.value}`, 'good')),
    ...webhooks.map(attempted),
    ...calls.flatMap(withoutEffect),
  ]
    .toSorted((one, other) => one.at - other.at)
    .toReversed();
}

function levelsOf({ subscription_id, start, returned }: EntitlementReadRecord): string {
  return `${returned} of ${subscription_id}${start > 0 ? `, after the first ${start}` : ''}`;
}

function acceptanceAndEnd(fulfillment: FulfillmentRecord): Entry[] {
  const { id, play, processing_type, status, ended, error, customer_id } = fulfillment;
  const accepted = entry(fulfillment, 'Accepted', `${play}, by ${processing_type}, as fulfillment ${id}`);
  if (status === 'in_progress' || ended === undefined) return [accepted];
  const about = error ? `Fulfillment ${id}: ${error.code}, ${error.message}` : `Fulfillment ${id}`;
  const end = entry({ at: ended, customer_id }, WORDS[status], about, status === 'completed' ? 'good' : 'bad');
  return [accepted, end];
}

function attempted(webhook: WebhookRecord): Entry {
  const { event_type, attempts, status } = webhook;
  const about = `${event_type}${attempts > 1 ? `, attempt ${attempts}` : ''}`;
  return status >= 200 && status < 300
    ? entry(webhook, 'Webhook sent', about)
    : entry(webhook, status ? `Webhook got ${status}` : 'Webhook unanswered', about, 'bad');
}

/** The calls that left no other record: refused, dropped, or answered without an offer. */
function withoutEffect(call: CallRecord): Entry[] {
  const { status, operation, answer } = call;
  if (status === 0) return [entry(call, 'Dropped', operation, 'bad')];
  if (status >= 400) {
    const message = v.is(Refusal, answer) ? answer.message : 'not JSON';
    return [entry(call, `Refused ${status}`, `${operation}: ${message}`, 'bad')];
  }
  return operation === 'personalized_offers' && v.is(NoOffer, answer)
    ? [entry(call, 'No offer', customFieldsOf(call), 'quiet')]
    : [];
}

function customFieldsOf({ body }: CallRecord): string {
  return v.is(v.object({ custom: v.unknown() }), body) ? JSON.stringify(body.custom) : '';
}

function entry({ at, customer_id }: RecordOfSubject, what: string, about: string, tone: Tone = 'plain'): Entry {
  return { at, customerId: customer_id, what, about, tone };
}
