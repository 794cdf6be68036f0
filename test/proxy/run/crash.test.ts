import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../../proxy/config.js';
import { OUTBOX_LEASE_MS } from '../../../proxy/constants.js';
import { openOfferProxy } from '../../../proxy/run/server.js';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, offered } from '../../support/proxy-client.js';
import { createProxyProcesses, type ProxyProcess } from '../../support/proxy-process.js';
import { sandboxOf } from '../../support/sandbox-client.js';

const KILLS = 20;
const CUSTOMERS_AT_ONCE = 12;
/** Twenty starts of a process, one after the other, on a machine that does other work. */
const TIMEOUT_MS = 10 * 60_000;

let stack: Stack;
const processes = createProxyProcesses();

beforeAll(async () => {
  stack = await startStack();
});
afterAll(async () => {
  await processes.killAll();
  await stack.close();
});

/** The nth proxy is killed right after this many answers: some early, some under full load. */
const answersBeforeKill = (life: number) => 1 + ((life * 7) % 23);

const answersOfAllLives = Array.from({ length: KILLS }, (_, life) => answersBeforeKill(life)).reduce((a, b) => a + b);

/** A customer whose page shows an offer and has not reported it yet. */
async function viewer() {
  const who = await newCustomer('ordinary', { secret: stack.identitySecret });
  const { offerId } = offered(await asCustomer(stack, who).ask({ context: { storage_used_percent: 90 } }));
  return { ...who, offerId };
}

type Viewer = Awaited<ReturnType<typeof viewer>>;

/** Many customers report at once, until the proxy is killed after the last of these answers. @returns who got one. */
async function killUnderLoad(proxy: ProxyProcess, waiting: Viewer[], answers: number): Promise<Viewer[]> {
  const acknowledged: Viewer[] = [];
  const reportOneByOne = async () => {
    while (acknowledged.length < answers) {
      const who = waiting.shift();
      if (!who) return;
      const answer = await asCustomer(proxy, who)
        .report(who.offerId, 'viewed')
        .catch(() => undefined);
      if (answer?.status === 202) acknowledged.push(who);
      if (acknowledged.length >= answers) void proxy.stop('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: CUSTOMERS_AT_ONCE }, reportOneByOne));
  expect(await proxy.stop('SIGKILL'), 'the process was killed, it did not end by itself').toBeNull();
  return acknowledged;
}

describe('a proxy that is killed 20 times while customers report', () => {
  it(
    'delivers every event that it acknowledged',
    async () => {
      const customers = answersOfAllLives + KILLS * CUSTOMERS_AT_ONCE;
      const waiting: Viewer[] = [];
      while (waiting.length < customers) {
        waiting.push(...(await Promise.all(Array.from({ length: CUSTOMERS_AT_ONCE }, viewer))));
      }
      await stack.stopProxy();

      const acknowledged: Viewer[] = [];
      for (let life = 0; life < KILLS; life += 1) {
        const proxy = await processes.start(stack.environment);
        acknowledged.push(...(await killUnderLoad(proxy, waiting, answersBeforeKill(life))));
      }
      // An entry that was being sent when the proxy was killed stays leased: this clock is past that.
      const lastLife = await openOfferProxy(readConfig(stack.environment), {
        now: () => Date.now() + OUTBOX_LEASE_MS,
        log: { info() {}, warn() {}, error() {} },
      });

      expect(acknowledged.length).toBeGreaterThanOrEqual(answersOfAllLives);
      const undelivered = async () => {
        const delivered = new Set(
          (await sandboxOf(stack).records()).events.map((event) => event.personalized_offer_id),
        );
        return acknowledged.filter(({ offerId }) => !delivered.has(offerId));
      };
      await expect.poll(undelivered, { interval: 500 }).toEqual([]);
      await lastLife.close();
    },
    TIMEOUT_MS,
  );
});
