/** What an operator watches, in Prometheus' text form. Counters count in this instance; gauges read the shared store. */
import { Counter, Gauge, Registry } from 'prom-client';
import type { CallBudget } from '../chargebee/call-budget.js';
import { FULFILLMENT_AGE_STEPS } from '../constants.js';
import type { Counters } from '../counters.js';
import type { Store } from '../store/store.js';

export interface MetricsOptions {
  readonly store: Store;
  readonly budget: CallBudget;
  readonly now: () => number;
}

export interface Metrics extends Counters {
  /** The whole page, in the content type that Prometheus expects. */
  text(): Promise<string>;
  readonly contentType: string;
}

export function createMetrics({ store, budget, now }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const name = (suffix: string) => `upgrade_offer_${suffix}`;

  const requests = new Counter({
    name: name('requests_total'),
    help: 'Requests answered, by route and status',
    labelNames: ['method', 'route', 'status'],
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
  gauge('call_budget_left', 'Calls that the proxy may still make in this minute', [], async (left) => {
    left.set(await budget.left());
  });
  gauge(
    'outbox_entries',
    'Events and reports that wait for Chargebee, or are dead letters',
    ['state'],
    async (entries) => {
      const { waiting, dead } = await countOutbox();
      entries.set({ state: 'waiting' }, waiting);
      entries.set({ state: 'dead' }, dead);
    },
  );
  gauge('outbox_oldest_seconds', 'Age of the oldest entry that waits', [], async (age) => {
    const row = await store
      .selectFrom('outbox')
      .select(({ fn }) => fn.min('createdAt').as('at'))
      .where('diedAt', 'is', null)
      .executeTakeFirst();
    age.set(row?.at == null ? 0 : (now() - Number(row.at)) / 1_000);
  });
  gauge(
    'open_fulfillments',
    'Fulfillments in progress by age, and those whose id never reached us',
    ['age'],
    async (open) => {
      for (const { age, count } of await countFulfillments()) open.set({ age }, count);
    },
  );

  /** Read when somebody looks. */
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
      collect: () => collect(self),
    });
    return self;
  }

  async function countOutbox() {
    const row = await store
      .selectFrom('outbox')
      .select(({ fn }) => [fn.countAll().as('all'), fn.count('diedAt').as('dead')])
      .executeTakeFirstOrThrow();
    return { waiting: Number(row.all) - Number(row.dead), dead: Number(row.dead) };
  }

  async function countFulfillments() {
    const open = await store
      .selectFrom('fulfillments')
      .select(['createdAt', 'status'])
      .where('status', 'in', ['asking', 'in_progress', 'unnamed'])
      .execute();
    const ageOf = ({ createdAt, status }: (typeof open)[number]) =>
      status === 'unnamed' ? 'unnamed' : FULFILLMENT_AGE_STEPS.find((step) => now() - createdAt < step.untilMs)?.age;
    return [...FULFILLMENT_AGE_STEPS.map((step) => step.age), 'unnamed'].map((age) => ({
      age,
      count: open.filter((fulfillment) => ageOf(fulfillment) === age).length,
    }));
  }

  return {
    request: (labels) => requests.inc(labels),
    call: (labels) => calls.inc(labels),
    lookup: (labels) => lookups.inc(labels),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
