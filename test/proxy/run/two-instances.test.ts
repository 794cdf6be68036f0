import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { newDatabase } from '../../support/postgres.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { createProxyProcesses, type ProxyProcess } from '../../support/proxy-process.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let stack: Stack;
const processes = createProxyProcesses();

beforeEach(async () => {
  stack = await startStack();
  await stack.stopProxy();
});
afterEach(async () => {
  await processes.killAll();
  await stack.close();
});

/** Two processes that share everything except memory. */
const startTwo = (environment = stack.environment) =>
  Promise.all([processes.start(environment), processes.start(environment)]);

const alternately = <T>(count: number, [first, second]: [ProxyProcess, ProxyProcess], ask: (at: ProxyProcess) => T) =>
  Promise.all(Array.from({ length: count }, (_, index) => ask(index % 2 === 0 ? first : second)));

const eventCalls = async ({ proxyUrl }: ProxyProcess) => {
  const page = await (await fetch(new URL('/metrics', proxyUrl))).text();
  return Number(
    /chargebee_calls_total\{operation="offer_events",status="204",code="none"\} (\d+)/.exec(page)?.[1] ?? 0,
  );
};

describe('two proxies on one PostgreSQL', () => {
  it('start at the same moment on an empty database', async () => {
    const url = inject('postgresUrl') ?? '';
    for (let time = 0; time < 2; time += 1) {
      const environment = { ...stack.environment, DATABASE_URL: await newDatabase(url) };
      const all = await Promise.all(Array.from({ length: 5 }, () => processes.start(environment)));

      for (const { proxyUrl, printed } of all) {
        expect(proxyUrl, printed.join('\n')).not.toBe('');
        expect((await fetch(new URL('/readyz', proxyUrl))).status).toBe(200);
      }
      await processes.killAll();
    }
  });

  it('ask Chargebee once, however many accept one offer at the same moment', async () => {
    const both = await startTwo();
    for (let time = 0; time < 5; time += 1) {
      const who = await newCustomer('ordinary', { secret: stack.identitySecret });
      const ask = (at: ProxyProcess) => asCustomer(at, who).ask({ feature: 'advanced-analytics' });
      const { offerId, optionId } = offered(await ask(both[0]));
      // Every connection is open before anybody accepts, so that all requests really arrive together.
      await alternately(50, both, ask);

      const outcomes = await alternately(50, both, (at) => asCustomer(at, who).accept(offerId, optionId));

      expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(50);
      expect(new Set(outcomes.map(fulfillmentIdOf)).size).toBe(1);
      expect(outcomes.filter(({ body }) => body.acceptedBefore === undefined)).toHaveLength(1);
      expect(outcomes.filter(({ body }) => body.acceptedBefore === 'you')).toHaveLength(49);
      const { calls, fulfillments } = await sandboxOf(stack).records(who);
      expect(calls.filter(({ operation }) => operation === 'offer_fulfillments')).toHaveLength(1);
      expect(fulfillments).toHaveLength(1);
    }
  });

  it('ask Chargebee once when two colleagues accept, each through another proxy', async () => {
    const both = await startTwo();
    const shared = { sub: `cus_${crypto.randomUUID()}`, subscription_id: `sub_${crypto.randomUUID()}` };
    const colleagues = await Promise.all(
      both.map(async (at, index) => {
        const claims = { ...shared, external_user_id: `colleague ${index}` };
        const user = asCustomer(at, await newCustomer('ordinary', { secret: stack.identitySecret, claims }));
        return { ...user, ...offered(await user.ask({ feature: 'advanced-analytics' })) };
      }),
    );

    const outcomes = await Promise.all(colleagues.map(({ accept, offerId, optionId }) => accept(offerId, optionId)));

    expect(new Set(outcomes.map(fulfillmentIdOf)).size).toBe(1);
    expect(outcomes.filter(({ body }) => body.acceptedBefore === 'colleague')).toHaveLength(1);
    expect((await sandboxOf(stack).records({ customerId: shared.sub })).fulfillments).toHaveLength(1);
  });

  it('let the first of two opposite reports stand', async () => {
    const [first, second] = await startTwo();
    const ends = Array.from({ length: 10 }, async () => {
      const who = await newCustomer('ordinary', { secret: stack.identitySecret });
      const as = asCustomer(first, who);
      const { offerId, optionId } = offered(await as.ask({ feature: 'advanced-analytics' }));
      const id = fulfillmentIdOf(await as.accept(offerId, optionId));
      const [completed, failed] = await Promise.all([
        asServer({ ...stack, proxyUrl: first.proxyUrl }).complete(id),
        asServer({ ...stack, proxyUrl: second.proxyUrl }).fail(id, 'card declined'),
      ]);
      const winner = completed.status === 409 ? failed : completed;
      const loser = completed.status === 409 ? completed : failed;
      expect([200, 202]).toContain(winner.status);
      expect(loser).toMatchObject({ status: 409, body: { code: 'already_final' } });
      const said = winner.body.status;
      await expect
        .poll(async () => (await sandboxOf(stack).records(who)).fulfillments)
        .toMatchObject([{ status: said }]);
    });
    await Promise.all(ends);
  });

  it('share the delivery of 200 events, and deliver none of them twice', async () => {
    const both = await startTwo();
    const viewers: { offerId: string; report: () => Promise<{ status: number }> }[] = [];
    while (viewers.length < 200) {
      const some = await alternately(10, both, async (at) => {
        const who = asCustomer(at, await newCustomer('ordinary', { secret: stack.identitySecret }));
        const { offerId } = offered(await who.ask({ context: { storage_used_percent: 90 } }));
        return { offerId, report: () => who.report(offerId, 'viewed') };
      });
      viewers.push(...some);
    }
    await sandboxOf(stack).misbehave({ operation: 'offer_events', kind: 'unavailable' });
    const reports = await Promise.all(
      viewers.map(async ({ offerId, report }) => ({ offerId, status: (await report()).status })),
    );
    expect(reports.filter(({ status }) => status !== 202)).toEqual([]);

    await sandboxOf(stack).behave();

    const delivered = async () => (await sandboxOf(stack).records()).events.map((event) => event.personalized_offer_id);
    await expect.poll(async () => new Set(await delivered()).size, { timeout: 60_000 }).toBe(200);
    const counts = await Promise.all(both.map(eventCalls));
    expect(
      counts.every((count) => count > 0),
      `delivered by each: ${counts.join(', ')}`,
    ).toBe(true);
    // Stopped, so that nothing can be delivered later.
    await Promise.all(both.map((each) => each.stop('SIGTERM')));
    expect((await delivered()).toSorted()).toEqual(reports.map(({ offerId }) => offerId).toSorted());
  });
});
