/**
 * Two proxies on one PostgreSQL, and many customers who ask, look, accept and dismiss at either, while the database restarts
 * and a clock is wrong. What goes wrong next waits until some customers are through, so the test needs no speed.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOUR_MS } from '../../../proxy/constants.js';
import type { Outcome } from '../../../proxy/contract.js';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { newDatabase, startPostgres, type PostgresServer } from '../../support/postgres.js';
import { asCustomer, asServer, offered, type Answer } from '../../support/proxy-client.js';
import { createProxyProcesses, type ProxyProcess } from '../../support/proxy-process.js';
import { sandboxOf } from '../../support/sandbox-client.js';

const CUSTOMERS_BETWEEN_TROUBLES = 60;
const CUSTOMERS_AT_ONCE = 6;
/** About a minute on two free cores. */
const TIMEOUT_MS = 15 * 60_000;
const MOVED_CLOCK = pathToFileURL(fileURLToPath(new URL('../../support/moved-clock.js', import.meta.url))).href;

/** The only failure that a customer may meet. */
const AWAY = { status: 503, body: { code: 'store_unavailable' } };

interface Visit {
  readonly customerId: string;
  readonly offerId: string;
  /** Absent if the customer dismissed the offer. */
  readonly fulfillmentId?: string;
}

let database: PostgresServer;
let stack: Stack;
let proxies: ProxyProcess[];
const processes = createProxyProcesses();

beforeEach(async () => {
  database = await startPostgres();
  stack = await startStack({
    settings: { DATABASE_URL: await newDatabase(database.url) },
    // An offer has to outlive the hours that a clock is ahead.
    sandbox: { offerLifetimeMs: 24 * HOUR_MS },
  });
  await stack.stopProxy();
  const movable = { NODE_OPTIONS: `--import=${MOVED_CLOCK}`, CLOCK_AHEAD_MS: `${HOUR_MS},${-HOUR_MS},0` };
  const environment = { ...stack.environment, LOG_LEVEL: 'silent' };
  proxies = await Promise.all([processes.start({ ...environment, ...movable }), processes.start(environment)]);
});
afterEach(async () => {
  await processes.killAll();
  await stack.close();
  await database.close();
});

const ask = <Body>(step: () => Promise<Answer<Body>>, isDone: (answer: Answer<Body>) => boolean) =>
  vi.waitUntil(
    async () => {
      const answer = await step();
      if (answer.status >= 400) expect(answer).toMatchObject(AWAY);
      return answer.status < 400 && isDone(answer) && answer;
    },
    { timeout: TIMEOUT_MS, interval: 100 },
  );
const idIn = (outcome: Outcome) => ('fulfillmentId' in outcome ? outcome.fulfillmentId : undefined);

/** One customer, from the question to the end. Each step is repeated, at one proxy or the other, until it is taken. */
async function visit(index: number): Promise<Visit> {
  const who = await newCustomer('ordinary', { secret: stack.identitySecret, expires: '2 days' });
  const { customerId } = who;
  let turn = index;
  const next = () => proxies[(turn += 1) % proxies.length] ?? { proxyUrl: '' };
  const as = () => asCustomer(next(), who);
  const isForTheApp = index % 3 === 0;
  const question = isForTheApp ? { feature: 'advanced-analytics' } : { context: { storage_used_percent: 90 } };

  const { offerId, optionId } = offered(
    await ask(
      () => as().ask(question),
      ({ body }) => body.offer !== null,
    ),
  );
  await ask(
    () => as().report(offerId, 'viewed'),
    ({ status }) => status === 202,
  );
  if (index % 3 === 1) {
    await ask(
      () => as().report(offerId, 'dismissed'),
      ({ status }) => status === 202,
    );
    return { customerId, offerId };
  }

  // A double click that reaches both.
  const clicks = await Promise.all(
    proxies.map((at) =>
      ask(
        () => asCustomer(at, who).accept(offerId, optionId),
        ({ body }) => idIn(body) !== undefined,
      ),
    ),
  );
  const [fulfillmentId = '', ...others] = new Set(clicks.map(({ body }) => idIn(body)));
  expect(others).toEqual([]);
  if (isForTheApp) {
    await ask(
      () => asServer({ ...stack, ...next() }).complete(fulfillmentId),
      () => true,
    );
  }
  await ask(
    () => as().outcome(fulfillmentId),
    ({ body }) => body.status === 'completed',
  );
  return { customerId, offerId, fulfillmentId };
}

async function moveClock(): Promise<void> {
  const [first] = proxies;
  const moved = () => first?.printed.filter((line) => line.startsWith('The clock is ahead')).length ?? 0;
  const before = moved();
  first?.signal('SIGUSR2');
  await expect.poll(moved).toBe(before + 1);
}

describe('two proxies on one PostgreSQL that restarts twice, the clock of one an hour ahead, then an hour behind', () => {
  it(
    'lose nothing, accept each offer once, and answer nothing worse than "store_unavailable"',
    async () => {
      const troubles = [database.restart, moveClock, database.restart, moveClock, moveClock];
      const customers = CUSTOMERS_BETWEEN_TROUBLES * (troubles.length + 1);
      const visits: Visit[] = [];
      let begun = 0;
      const visitOneByOne = async () => {
        while (begun < customers) visits.push(await visit((begun += 1)));
      };
      const meetTroubles = async () => {
        for (const [index, begin] of troubles.entries()) {
          const through = CUSTOMERS_BETWEEN_TROUBLES * (index + 1);
          await vi.waitUntil(() => visits.length >= through, { timeout: TIMEOUT_MS });
          await begin();
        }
      };

      await Promise.all([meetTroubles(), ...Array.from({ length: CUSTOMERS_AT_ONCE }, visitOneByOne)]);

      const promised = visits.flatMap(({ offerId, fulfillmentId }) =>
        fulfillmentId === undefined ? [`${offerId} viewed`, `${offerId} dismissed`] : [`${offerId} viewed`],
      );
      const undelivered = async () => {
        const { events } = await sandboxOf(stack).records();
        const delivered = new Set(events.map((event) => `${event.personalized_offer_id} ${event.type}`));
        return promised.filter((event) => !delivered.has(event));
      };
      await expect.poll(undelivered, { timeout: TIMEOUT_MS, interval: 500 }).toEqual([]);

      const unfinished = async () =>
        (await sandboxOf(stack).records()).fulfillments.filter(({ status }) => status !== 'completed');
      await expect.poll(unfinished, { timeout: TIMEOUT_MS, interval: 500 }).toEqual([]);

      const accepted = visits.filter(({ fulfillmentId }) => fulfillmentId !== undefined);
      const { calls, fulfillments } = await sandboxOf(stack).records();
      expect(fulfillments.map(({ id, customer_id }) => `${customer_id} ${id}`).toSorted()).toEqual(
        accepted.map(({ customerId, fulfillmentId }) => `${customerId} ${fulfillmentId}`).toSorted(),
      );
      const creates = calls.filter(({ operation, status }) => operation === 'offer_fulfillments' && status < 300);
      expect(creates).toHaveLength(accepted.length);
    },
    TIMEOUT_MS,
  );
});
