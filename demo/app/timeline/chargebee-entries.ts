/** The records of the Chargebee stand-in as entries of the timeline. Pure. */
import * as v from 'valibot';
import type { CallRecord, FulfillmentRecord, GrantRecord, SandboxRecords } from '../../sandbox/records.js';
import { users } from '../backend/users.js';
import type { TimelineEntry } from './timeline-entry.js';

const Refusal = v.object({ message: v.string() });
const Offers = v.object({ personalized_offers: v.array(v.object({ offer_id: v.string() })) });
const OfferEvent = v.object({ type: v.string() });
const Fulfilling = v.object({ offer_fulfillment: v.object({ status: v.string(), processing_type: v.string() }) });
const Page = v.object({ hosted_page: v.object({ state: v.string() }) });
const Entitlements = v.object({ list: v.array(v.unknown()) });

export function chargebeeEntries({ calls, fulfillments, grants }: SandboxRecords): TimelineEntry[] {
  const endedByApp = new Set(calls.filter(isReport).map(({ path }) => path.split('/').at(-1)));
  return [
    ...calls.map(callEntry),
    ...fulfillments.flatMap((fulfillment) => (endedByApp.has(fulfillment.id) ? [] : endEntry(fulfillment))),
    ...grants.map(grantEntry),
  ];
}

function isReport({ operation, status }: CallRecord): boolean {
  return operation === 'offer_fulfillments_update' && status === 200;
}

/** The stand-in only appends to its records, so a position identifies one. */
function callEntry(call: CallRecord, position: number): TimelineEntry {
  const { at, method, path, body, status, answer } = call;
  const json = { method, path, request: body, status, answer };
  const entry = { id: `call-${position}`, at, actor: 'chargebee', who: companyOf(call), json } as const;
  if (status === 0 || status >= 400) {
    const about = v.is(Refusal, answer) ? answer.message : call.operation;
    return { ...entry, what: status === 0 ? 'Dropped the call' : `Refused: ${status}`, about, isRefused: true };
  }
  return { ...entry, ...wordsOf(call) };
}

function wordsOf({ operation, method, path, body, answer }: CallRecord): Pick<TimelineEntry, 'what' | 'about'> {
  switch (operation) {
    case 'personalized_offers': {
      const offers = v.is(Offers, answer) ? answer.personalized_offers : [];
      const about = offers.map(({ offer_id }) => offer_id).join(', ');
      return about ? { what: 'Offered', about } : { what: 'Had no offer', about: '' };
    }
    case 'offer_events':
      return { what: 'Recorded an event', about: v.is(OfferEvent, body) ? body.type : '' };
    case 'offer_fulfillments':
      return { what: 'Recorded an acceptance', about: statusOf(answer) };
    case 'offer_fulfillments_get':
      return { what: 'Looked up the fulfillment', about: statusOf(answer) };
    case 'offer_fulfillments_update':
      return { what: 'Was told how it ended', about: statusOf(answer) };
    case 'subscription_entitlements':
    case 'customer_entitlements':
      return { what: 'Read entitlements', about: v.is(Entitlements, answer) ? `${answer.list.length} found` : '' };
    case 'features':
      return { what: 'Listed the features of the site', about: '' };
    case 'hosted_pages':
      return { what: 'Read whether the checkout was paid', about: v.is(Page, answer) ? answer.hosted_page.state : '' };
    case 'subscriptions':
      return { what: 'Read the status of the subscription', about: '' };
    case 'estimates':
      return { what: 'Estimated what a change would cost', about: '' };
    default:
      return { what: `${method} ${path}`, about: '' };
  }
}

function statusOf(answer: unknown): string {
  if (!v.is(Fulfilling, answer)) return '';
  const { status, processing_type } = answer.offer_fulfillment;
  return `${processing_type}, ${status}`;
}

/** A fulfillment that Chargebee ended by itself. */
function endEntry(fulfillment: FulfillmentRecord): TimelineEntry[] {
  const { id, ended, status, processing_type } = fulfillment;
  if (ended === undefined) return [];
  const isRefused = status === 'failed';
  const what = isRefused ? 'Failed to fulfill' : 'Fulfilled';
  const about = `${processing_type}, ${status}`;
  const who = companyOf(fulfillment);
  return [{ id: `end-${id}`, at: ended, actor: 'chargebee', who, what, about, isRefused, json: fulfillment }];
}

function grantEntry(grant: GrantRecord): TimelineEntry {
  const { offer_fulfillment_id, at, feature_id, value } = grant;
  const about = `${feature_id} is ${value}`;
  const id = `grant-${offer_fulfillment_id}-${feature_id}`;
  return { id, at, actor: 'chargebee', who: companyOf(grant), what: 'Granted', about, json: grant };
}

function companyOf({ customer_id }: { readonly customer_id?: string | undefined }): string {
  const user = Object.values(users).find(({ customerId }) => customerId === customer_id);
  return user?.workspace ?? customer_id ?? '';
}
