/** What an operator watches, in Prometheus' text format. Counters count in this instance; gauges read the shared store. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CallBudget } from '../chargebee/call-budget.js';
import { DURATION_BUCKETS_SECONDS, FULFILLMENT_AGE_STEPS } from '../constants.js';
import type { Counters } from '../counters.js';
import type { Outbox } from '../events/outbox.js';
import { isUnanswered, type Records } from '../fulfillments/records.js';

/** What the gauges read. */
interface Watched {
  readonly budget: Pick<CallBudget, 'left'>;
  readonly outbox: Pick<Outbox, 'count' | 'oldestAgesMs'>;
  readonly records: Pick<Records, 'open'>;
}

export interface Metrics extends Counters {
  /** Adds the gauges. The counters come first, because the proxy is wired with them. */
  watch(watched: Watched): void;
  /** The whole page. */
  text(): Promise<string>;
  /** The media type that Prometheus expects. */
  readonly contentType: string;
}

export function createMetrics({ now }: { now: () => number }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const name = (suffix: string) => `upgrade_offer_${suffix}`;

  const requests = new Counter({
    name: name('requests_total'),
    help: 'Requests answered, by route and status',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const requestDurations = new Histogram({
    name: name('request_duration_seconds'),
    help: 'How long an answer took, by route',
    labelNames: ['method', 'route'],
    buckets: DURATION_BUCKETS_SECONDS,
    registers,
  });
  const refusals = new Counter({
    name: name('unauthorized_total'),
    help: 'Requests that were refused with 401, by the code of the error',
    labelNames: ['cause'],
    registers,
  });
  const answers = new Counter({
    name: name('answers_total'),
    help: 'Answers to pages that asked for an offer, by access to the feature and by why there is no offer ("offer": there is one)',
    labelNames: ['access', 'why'],
    registers,
  });
  const events = new Counter({
    name: name('offer_events_total'),
    help: 'Offers that were viewed and dismissed',
    labelNames: ['type'],
    registers,
  });
  const acceptances = new Counter({
    name: name('acceptances_total'),
    help: 'Clicks that accept an offer, by what the option does and by the status of the outcome or the code of the error; "repeated": it was accepted before',
    labelNames: ['action', 'outcome'],
    registers,
  });
  const fulfillments = new Counter({
    name: name('fulfillments_ended_total'),
    help: 'Fulfillments that ended, by what the option does and by their end: "completed", or the code of the failure',
    labelNames: ['action', 'end'],
    registers,
  });
  const calls = new Counter({
    name: name('chargebee_calls_total'),
    help: 'Calls to Chargebee, by operation, status ("none" is no answer) and Chargebee\'s error code',
    labelNames: ['operation', 'status', 'code'],
    registers,
  });
  const callDurations = new Histogram({
    name: name('chargebee_call_duration_seconds'),
    help: 'How long Chargebee took to answer, or until the call was given up',
    labelNames: ['operation'],
    buckets: DURATION_BUCKETS_SECONDS,
    registers,
  });
  const lookups = new Counter({
    name: name('lookups_total'),
    help: 'Questions answered from the store (hit) or by Chargebee (miss)',
    labelNames: ['kind', 'result'],
    registers,
  });

  function watch({ budget, outbox, records }: Watched): void {
    gauge('call_budget_left', 'Calls that the proxy may still make in this minute', [], async (left) => {
      left.set(await budget.left());
    });
    gauge(
      'outbox_entries',
      'Events and reports that wait for Chargebee, or are dead letters',
      ['state'],
      async (entries) => {
        const { waiting, dead } = await outbox.count();
        entries.set({ state: 'waiting' }, waiting);
        entries.set({ state: 'dead' }, dead);
      },
    );
    gauge('outbox_oldest_seconds', 'Age of the oldest event and report that wait', ['kind'], async (age) => {
      const { event, report } = await outbox.oldestAgesMs();
      age.set({ kind: 'event' }, seconds(event));
      age.set({ kind: 'report' }, seconds(report));
    });
    gauge(
      'open_fulfillments',
      'Fulfillments in progress by age; unnamed: their id never reached the proxy; unanswered: nobody knows whether Chargebee accepted them',
      ['age'],
      async (open) => {
        for (const { age, count } of countByAge(await records.open())) open.set({ age }, count);
      },
    );
  }

  /** Collected when somebody reads the page. What the store does not answer is missing on it, and the rest is there. */
  function gauge<Label extends string>(
    suffix: string,
    help: string,
    labelNames: Label[],
    collect: (self: Gauge<Label>) => Promise<void>,
  ): Gauge<Label> {
    const self: Gauge<Label> = new Gauge({
      name: name(suffix),
      help,
      labelNames,
      registers,
      async collect() {
        // Unlabelled values stay after a reset, as 0.
        if (labelNames.length === 0) self.remove();
        else self.reset();
        await collect(self).catch(() => {});
      },
    });
    return self;
  }

  function countByAge(open: Awaited<ReturnType<Records['open']>>) {
    const groupOf = (fulfillment: (typeof open)[number]) => {
      if (fulfillment.status === 'unnamed') return 'unnamed';
      if (isUnanswered(fulfillment, now())) return 'unanswered';
      return FULFILLMENT_AGE_STEPS.find((step) => now() - fulfillment.createdAt < step.untilMs)?.age;
    };
    return [...FULFILLMENT_AGE_STEPS.map((step) => step.age), 'unnamed', 'unanswered'].map((age) => ({
      age,
      count: open.filter((fulfillment) => groupOf(fulfillment) === age).length,
    }));
  }

  return {
    request({ method, route, status }, tookMs) {
      requests.inc({ method, route, status });
      requestDurations.observe({ method, route }, seconds(tookMs));
    },
    refusal: (labels) => refusals.inc(labels),
    answer: (labels) => answers.inc(labels),
    event: (labels) => events.inc(labels),
    acceptance: (labels) => acceptances.inc(labels),
    fulfillment: (labels) => fulfillments.inc(labels),
    call({ operation, status, code }, tookMs) {
      calls.inc({ operation, status, code });
      callDurations.observe({ operation }, seconds(tookMs));
    },
    lookup: (labels) => lookups.inc(labels),
    watch,
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** A clock that was set back meanwhile makes no negative time, which would lower the sum. */
function seconds(milliseconds: number): number {
  return Math.max(milliseconds, 0) / 1_000;
}
