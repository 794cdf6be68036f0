/** `upgrade-offer why CUSTOMER`: what the store knows now about a customer, for support. It asks nobody and changes nothing. */
import { createLists } from '../entitlements/lists.js';
import { createUsageAlerts } from '../entitlements/usage-alerts.js';
import { createOutbox } from '../events/outbox.js';
import { createRecords, isUnanswered, type Fulfillment } from '../fulfillments/records.js';
import { pseudonym } from '../http/observe.js';
import type { Config } from '../config.js';
import { createIssuedOffers, type IssuedRow } from '../offers/issued-offers.js';
import { createTraces, type Trace } from '../offers/traces.js';
import { createViews } from '../offers/views.js';
import type { Store } from '../store/store.js';
import { table } from './table.js';

interface WhyOptions {
  readonly store: Store;
  readonly config: Pick<Config, 'caps'>;
  readonly now: () => number;
}

export async function why(customerId: string, { store, config, now }: WhyOptions): Promise<string> {
  const views = createViews({ store, now, caps: config.caps });
  const issuedOffers = createIssuedOffers({ store, now });
  const lists = createLists({ store, now });
  const issued = await issuedOffers.listOf(customerId);
  const accepted = await createRecords({ store, now }).listOf(customerId);
  const traces = await createTraces({ store, now }).listOf(customerId);
  const subscriptionIds = [
    ...new Set([
      ...[...issued, ...accepted, ...traces].map(({ subscriptionId }) => subscriptionId),
      ...(await lists.subscriptionsOf(customerId)),
    ]),
  ];
  const unoffered = await issuedOffers.unofferedOf(subscriptionIds);
  const known = await Promise.all(subscriptionIds.map(async (id) => ({ id, ...(await lists.find(id)) })));
  const alerts = await createUsageAlerts({ store, now, allowed: [] }).listOf(subscriptionIds);
  const queues = [...issued.map(({ id }) => id), ...accepted.flatMap(({ id }) => id ?? [])];
  const seen = await views.listOf(customerId);
  const undelivered = await createOutbox({ store, now }).listOf(queues);

  const sections = [
    section(
      'Last questions, and what the answer was',
      ['SUBSCRIPTION', 'USER', 'ABOUT FEATURE', 'ACCESS', 'ANSWER', 'CAMPAIGN', 'ASKED'],
      traces
        .filter(({ kind }) => kind === 'told')
        .map((each) => [
          each.subscriptionId,
          each.userId,
          each.feature ?? '(none)',
          each.access ?? '',
          answerOf(each),
          each.campaignId ?? '',
          time(each.at),
        ]),
    ),
    section(
      'Last offers that were seen',
      ['SUBSCRIPTION', 'USER', 'OFFER', 'CAMPAIGN', 'SEEN'],
      traces
        .filter(({ kind }) => kind === 'seen')
        .map((each) => [each.subscriptionId, each.userId, each.offerId ?? '', each.campaignId ?? '', time(each.at)]),
    ),
    section(
      'Offers',
      ['OFFER', 'CAMPAIGN', 'SUBSCRIPTION', 'USER', 'STATE', 'EXPIRES'],
      issued.map((offer) => [
        offer.id,
        offer.baseOfferId,
        offer.subscriptionId,
        offer.userId,
        stateOf(offer, accepted, now()),
        time(offer.expiresAt),
      ]),
    ),
    section(
      'Seen without asking',
      ['CAMPAIGN', 'SUBSCRIPTION', 'USER', 'VIEWS', 'LAST', 'NO MORE BY'],
      seen.map((each) => [
        each.campaignId,
        each.subscriptionId,
        each.userId,
        String(each.views),
        time(each.lastAt),
        each.reached.join(' '),
      ]),
    ),
    section(
      'Acceptances',
      ['FULFILLMENT', 'OFFER', 'CAMPAIGN', 'SUBSCRIPTION', 'USER', 'STATUS', 'ACCEPTED', 'ENDED'],
      accepted.map((each) => [
        each.id ?? '(no id)',
        each.offerId,
        each.baseOfferId,
        each.subscriptionId,
        each.userId,
        statusOf(each, now()),
        time(each.createdAt),
        each.endedAt === null ? '' : time(each.endedAt),
      ]),
    ),
    accepted.some(({ status }) => status === 'in_progress')
      ? 'in_progress is what the proxy heard last. `upgrade-offer reconcile` asks Chargebee.'
      : '',
    section(
      'Entitlements',
      ['SUBSCRIPTION', 'STATUS', 'READ', 'FEATURES'],
      known.map(({ id, list, status }) => [
        id,
        status ?? '?',
        list ? `${time(list.readAt)}${list.isOld ? ' (changed since)' : ''}` : 'never',
        (list?.entitlements ?? [])
          .map(({ featureId, value, isEnabled }) => `${featureId}=${isEnabled ? (value ?? 'true') : 'disabled'}`)
          .join(' '),
      ]),
    ),
    section(
      'Usage alerts',
      ['SUBSCRIPTION', 'ALERT', 'STATUS', 'SINCE'],
      alerts.map(({ subscriptionId, alertId, status, changedAt }) => [
        subscriptionId,
        alertId,
        status,
        time(changedAt),
      ]),
    ),
    section(
      'Not delivered to Chargebee',
      ['ENTRY', 'KIND', 'QUEUE', 'STATE', 'LAST ERROR'],
      undelivered.map((entry) => [
        String(entry.id),
        entry.kind,
        entry.queue,
        entry.diedAt === null ? 'waits' : 'given up',
        entry.lastError ?? '',
      ]),
    ),
    ...unoffered.map((id) => `Chargebee had no offer for the subscription ${id} a moment ago.`),
  ].filter((text) => text !== '');

  return [
    ...(sections.length > 0 ? sections : [`The store knows nothing about the customer ${customerId}.`]),
    `Earlier answers are in the log: grep '"customer":"${pseudonym({ customerId })}"'. Only the customer's browser knows of a snooze.`,
  ].join('\n\n');
}

function section(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : `${title}\n${table([head, ...rows])}`;
}

function answerOf({ offerId, why }: Trace): string {
  return offerId === null ? `no offer: ${why}` : `offer ${offerId}`;
}

function stateOf(offer: IssuedRow, accepted: readonly Fulfillment[], now: number): string {
  if (accepted.some(({ offerId }) => offerId === offer.id)) return 'accepted';
  if (offer.dismissedAt !== null) return `dismissed ${time(offer.dismissedAt)}`;
  if (offer.endedAt !== null) return 'ended: accepted by somebody on the subscription';
  return offer.expiresAt <= now ? 'expired' : 'open';
}

function statusOf(each: Fulfillment, now: number): string {
  if (isUnanswered(each, now)) return 'unanswered';
  return each.failureCode ? `${each.status} (${each.failureCode})` : each.status;
}

function time(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
