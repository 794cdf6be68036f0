/** What an operator watches, in Prometheus' text form. Counters count in this instance; gauges read the shared store. */
import { Counter, Gauge, Registry } from 'prom-client';
import type { CallBudget } from './call-budget.js';
import { FULFILLMENT_AGE_STEPS } from './constants.js';
import type { Store } from './store.js';

export interface MetricsOptions {
  readonly store: Store;
  readonly budget: CallBudget;
  readonly now: () => number;
}

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics({ store, budget, now }: MetricsOptions) {
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
  new Gauge({
    name: name('call_budget_left'),
    help: 'Calls that the proxy may still make in this minute',
    registers,
    async collect() {
      this.set(await budget.left());
    },
  });
  new Gauge({
    name: name('outbox_entries'),
    help: 'Events and reports that Chargebee has not taken yet (waiting), or never will (dead)',
    labelNames: ['state'],
    registers,
    async collect() {
      const { waiting, dead } = await countOutbox();
      this.set({ state: 'waiting' }, waiting);
      this.set({ state: 'dead' }, dead);
    },
  });
  new Gauge({
    name: name('outbox_oldest_seconds'),
    help: 'Age of the oldest entry that waits',
    registers,
    async collect() {
      const row = await store
        .selectFrom('outbox')
        .select(({ fn }) => fn.min('createdAt').as('at'))
        .where('diedAt', 'is', null)
        .executeTakeFirst();
      this.set(row?.at == null ? 0 : (now() - Number(row.at)) / 1_000);
    },
  });
  new Gauge({
    name: name('open_fulfillments'),
    help: 'Fulfillments in progress, by age; "unnamed" ones were accepted under an id that never reached us',
    labelNames: ['age'],
    registers,
    async collect() {
      for (const { age, count } of await countFulfillments()) this.set({ age }, count);
    },
  });

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
    request: (labels: { method: string; route: string; status: number }) => requests.inc(labels),
    call: (labels: { operation: string; status: number | 'none' }) => calls.inc(labels),
    lookup: (labels: { kind: 'offer' | 'entitlement'; result: 'hit' | 'miss' }) => lookups.inc(labels),
    /** The whole page, and the content type Prometheus expects. */
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
