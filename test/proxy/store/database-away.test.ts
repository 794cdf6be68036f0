import { Hono } from 'hono';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { readConfig } from '../../../proxy/config.js';
import { listen } from '../../../proxy/run/listen.js';
import { openOfferProxy } from '../../../proxy/run/server.js';
import { newCustomer } from '../../support/customer.js';
import { holdAnswers } from '../../support/held-answers.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { newDatabase } from '../../support/postgres.js';
import { relayTo, type PostgresRelay } from '../../support/postgres-relay.js';
import { asCustomer, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

const AWAY = {
  status: 503,
  body: { code: 'store_unavailable', title: expect.not.stringMatching(/postgres|connection/i) },
};

let databaseUrl: string;
let relay: PostgresRelay;
let stack: Stack;
let operator: Client;

beforeEach(async () => {
  databaseUrl = await newDatabase(inject('postgresUrl') ?? '');
  relay = await relayTo(databaseUrl);
  stack = await startStack({ settings: { DATABASE_URL: relay.url } });
  operator = new Client(databaseUrl);
  await operator.connect();
});
afterEach(async () => {
  await operator.end();
  await stack.close();
  await relay.close();
});

const customer = async () => asCustomer(stack, await newCustomer('ordinary', { secret: stack.identitySecret }));
const ask = async () => (await customer()).ask({ feature: 'advanced-analytics' });
const readiness = async () => (await fetch(new URL('/readyz', stack.proxyUrl))).status;
/** Opens all connections of the pool. */
const manyAsk = () => Promise.all(Array.from({ length: 20 }, ask));
const endConnections = () =>
  operator.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );

describe('a PostgreSQL that', () => {
  it('ends all idle connections, as a restart does, is used again by the next request', async () => {
    await manyAsk();

    await endConnections();

    await expect.poll(async () => (await ask()).status).toBe(200);
    expect(await readiness()).toBe(200);
    expect((await manyAsk()).map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
  });

  it('restarts under load is answered for with a short 503, and nothing else', async () => {
    // More than the pool has connections, but so few that a busy machine answers all of them in time.
    const asked = Array.from({ length: 20 }, async (_, index) => {
      const answer = await ask();
      if (index % 5 === 0) await endConnections();
      return answer;
    });

    const answers = await Promise.all(asked);

    const failed = answers.filter(({ status }) => status !== 200);
    for (const answer of failed) expect(answer).toMatchObject(AWAY);
    await expect.poll(async () => (await ask()).status).toBe(200);
  });

  it('is away makes the proxy not ready, and is used again once it is back', async () => {
    await manyAsk();
    relay.goAway();

    const answer = await ask();
    expect(answer).toMatchObject(AWAY);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await readiness()).toBe(503);

    relay.comeBack();
    expect(await readiness()).toBe(200);
    expect((await ask()).status).toBe(200);
  });

  it('falls silent on its connections, as a failover does, is reached over new ones after one time-out', async () => {
    await manyAsk();
    relay.fallSilent();

    // It is refused, unless the outbox was the first to meet the silence.
    expect([200, 503]).toContain((await ask()).status);

    // The nine other connections were opened before, so they are not tried one after the other.
    expect((await manyAsk()).map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(await readiness()).toBe(200);
  });

  it('has become read-only makes the proxy not ready, and business goes on with the next primary', async () => {
    await manyAsk();
    const name = new URL(databaseUrl).pathname.slice(1);
    await operator.query(`alter database ${name} set default_transaction_read_only = on`);
    await endConnections();

    await expect.poll(readiness).toBe(503);
    expect(await ask()).toMatchObject(AWAY);

    await operator.query('set default_transaction_read_only = off');
    await operator.query(`alter database ${name} set default_transaction_read_only = off`);
    await expect.poll(readiness).toBe(200);
    expect((await ask()).status).toBe(200);
  });

  it('waits for a lock is answered for with 503, and keeps none of the queries waiting', async () => {
    await ask();
    await operator.query('begin');
    await operator.query('lock table call_budget, leases in access exclusive mode');

    expect((await manyAsk()).every(({ status }) => status === 503)).toBe(true);
    expect(await readiness()).toBe(503);
    const waiting =
      "select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    await expect.poll(async () => (await operator.query(waiting)).rows).toEqual([{ count: 0 }]);

    await operator.query('rollback');
    expect((await ask()).status).toBe(200);
    expect(await readiness()).toBe(200);
  });

  it('has no connection left for the proxy is answered for with 503', async () => {
    const name = new URL(databaseUrl).pathname.slice(1);
    await operator.query(`create role visitor_${name} login`);
    await operator.query(`grant all on all tables in schema public to visitor_${name}`);
    await operator.query(`grant all on all sequences in schema public to visitor_${name}`);
    await operator.query(`grant create on schema public to visitor_${name}`);
    const url = Object.assign(new URL(relay.url), { username: `visitor_${name}` }).href;
    const config = readConfig({ ...stack.environment, DATABASE_URL: url });
    const proxy = await openOfferProxy(config, { log: { info() {}, warn() {}, error() {} } });
    const server = await listen(proxy.standalone, config);
    const who = asCustomer(
      { proxyUrl: server.url + config.basePath },
      await newCustomer('ordinary', { secret: stack.identitySecret }),
    );

    await operator.query(`alter role visitor_${name} connection limit 0`);
    await endConnections();
    await expect.poll(() => who.ask()).toMatchObject(AWAY);

    await operator.query(`alter role visitor_${name} connection limit 10`);
    expect((await who.ask()).status).toBe(200);
    await server.close();
    await proxy.close();
  });
});

describe('a PostgreSQL that goes away while an offer is accepted', () => {
  it('gets the id of the fulfillment once it is back: the customer was once told for a minute to try again', async () => {
    const held = holdAnswers(/^POST .*\/offer_fulfillments$/);
    const own = await startStack({ settings: { DATABASE_URL: relay.url }, proxy: { fetch: held.fetch } });
    onTestFinished(() => own.close());
    const who = await newCustomer('ordinary', { secret: own.identitySecret });
    const { ask, accept } = asCustomer(own, who);
    const { offerId, optionId } = offered(await ask({ feature: 'advanced-analytics' }));
    const accepted = accept(offerId, optionId);
    await held.arrived;
    relay.goAway();
    held.release();
    expect(await accepted).toMatchObject(AWAY);
    relay.comeBack();

    await expect.poll(async () => (await accept(offerId, optionId)).status, { timeout: 60_000 }).toBe(200);

    const { calls, fulfillments } = await sandboxOf(own).records(who);
    expect((await accept(offerId, optionId)).body).toMatchObject({ fulfillmentId: fulfillments[0]?.id });
    expect(calls.filter(({ operation }) => operation === 'offer_fulfillments')).toHaveLength(1);
  });
});

describe('a PostgreSQL whose answer is lost', () => {
  it('when an acceptance begins, holds back no later click: the record stayed, and nobody asked Chargebee', async () => {
    const who = await newCustomer('ordinary', { secret: stack.identitySecret });
    const { ask, accept } = asCustomer(stack, who);
    const { offerId, optionId } = offered(await ask({ feature: 'advanced-analytics' }));
    const records = async () => (await operator.query('select status from fulfillments')).rows;
    relay.loseAnswerTo('insert into "fulfillments"');

    expect(await accept(offerId, optionId)).toMatchObject(AWAY);

    expect(await records()).toEqual([{ status: 'asking' }]);
    await expect.poll(records, { timeout: 60_000 }).toEqual([]);
    expect((await accept(offerId, optionId)).status).toBe(200);
    expect((await sandboxOf(stack).records(who)).fulfillments).toHaveLength(1);
  });
});

describe('an app that mounts the proxy', () => {
  it('goes on while PostgreSQL restarts, and its guarded routes say so', async () => {
    const config = readConfig(stack.environment);
    const identify = async () => ({ customerId: 'cus_ordinary_1', subscriptionId: 'sub_ordinary_1' });
    const proxy = await openOfferProxy(config, { identify, log: { info() {}, warn() {}, error() {} } });
    const app = new Hono()
      .get('/shop', (c) => c.text('shop'))
      .get('/reports', proxy.requireEntitlement('advanced-analytics'), (c) => c.text('reports'))
      .route('/', proxy.app);
    const server = await listen(app, config);
    const get = (path: string) => fetch(server.url + path);
    expect((await get('/reports')).status).toBe(403);

    relay.goAway();

    const guarded = await get('/reports');
    expect([guarded.status, (await guarded.json()).code]).toEqual([503, 'store_unavailable']);
    expect((await get('/shop')).status).toBe(200);
    relay.comeBack();
    expect((await get('/reports')).status).toBe(403);
    await server.close();
    await proxy.close();
  });
});
