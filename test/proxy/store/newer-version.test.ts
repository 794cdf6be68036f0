import { Migrator, type Migration } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../../proxy/store/migrations.js';
import { openStore } from '../../../proxy/store/open.js';
import { newCustomer } from '../../support/customer.js';
import { startProxy, startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';

let stack: Stack;

beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.close());

/** What the next version may bring: it only adds. */
const next: Migration = {
  async up(db) {
    await db.schema.createTable('ofTheFuture').addColumn('id', 'text').execute();
    await db.schema.alterTable('fulfillments').addColumn('ofTheFuture', 'text').execute();
  },
};

it('starts on the store of the next version and works, so that an operator can go back', async () => {
  const who = await newCustomer('ordinary', { secret: stack.identitySecret });
  const { offerId, optionId } = offered(await asCustomer(stack, who).ask({ feature: 'advanced-analytics' }));
  await stack.stopProxy();
  const url = stack.environment['DATABASE_URL'] ?? '';
  const store = await openStore(url);
  const known = migrations(url.startsWith('file:') ? 'sqlite' : 'postgres');
  const provider = { getMigrations: async () => ({ ...known, '2999-01-01-next': next }) };
  const { error } = await new Migrator({ db: store, provider }).migrateToLatest();
  expect(error).toBeUndefined();
  await store.destroy();

  const before = await startProxy(stack.environment);

  const outcome = await asCustomer(before, who).accept(offerId, optionId);
  expect(fulfillmentIdOf(outcome)).toMatch(/^\w+/);
  await before.stop();
  const again = await startProxy(stack.environment);
  expect((await fetch(new URL('/readyz', again.proxyUrl))).status).toBe(200);
  await again.stop();
});
