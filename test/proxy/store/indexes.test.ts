import { sql } from 'kysely';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../../../proxy/store/open.js';
import type { Store } from '../../../proxy/store/store.js';

let folder: string;
let store: Store;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-'));
  store = await openStore(`file:${join(folder, 'proxy.db')}`);
});
afterAll(async () => {
  await store.destroy();
  await rm(folder, { recursive: true, force: true });
});

// Each webhook and each hour removes old rows. It once read the whole table for it.
it.each([
  ['webhook_events', 'received_at'],
  ['growth_notices', 'received_at'],
  ['issued_offers', 'expires_at'],
  ['unoffered', 'until'],
  ['entitlements', 'read_at'],
])('old rows of %s are found without reading all of them', async (table, column) => {
  const { rows } = await sql<{
    detail: string;
  }>`explain query plan delete from ${sql.table(table)} where ${sql.ref(column)} < 1`.execute(store);

  expect(rows.map(({ detail }) => detail).join()).toMatch(new RegExp(`SEARCH ${table} USING .*INDEX`));
});
