/** What an operator watches, in Prometheus' text format. Counters count in this instance; gauges read the shared store. */
import { Counter, Gauge, Registry } from 'prom-client';
import type { CallBudget } from '../chargebee/call-budget.js';
import { FULFILLMENT_AGE_STEPS } from '../constants.js';
import type { Counters } from '../counters.js';
import type { Outbox } from '../events/outbox.js';
import { isUnanswered, type Records } from '../fulfillments/records.js';

/** What the gauges read. */
interface Watched {
  readonly budget: Pick<CallBudget, 'left'>;
  readonly outbox: Pick<Outbox, 'count' | 'oldestAgeMs'>;
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
  const answers = new Counter({
    name: name('answers_total'),
    help: 'Answers to pages that asked for an offer, by access to the feature and by why there is no offer ("offer": there is one)',
    labelNames: ['access', 'why'],
    registers,
  });
  const calls = new Counter({
    name: name('chargebee_calls_total'),
    help: 'Calls to Chargebee, by operation and status; "none" is no answer',
    labelNames: ['operation', 'status'],
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
    gauge('outbox_oldest_seconds', 'Age of the oldest entry that waits', [], async (age) => {
      age.set((await outbox.oldestAgeMs()) / 1_000);
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
    request: (labels) => requests.inc(labels),
    answer: (labels) => answers.inc(labels),
    call: (labels) => calls.inc(labels),
    lookup: (labels) => lookups.inc(labels),
    watch,
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
