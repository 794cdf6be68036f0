import Libsql from 'libsql';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../../../proxy/store/open.js';

let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-'));
  path = join(folder, 'proxy.db');
  await (await openStore(`file:${path}`)).destroy();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// Each webhook and each hour removes old rows. It once read the whole table for it.
it.each([
  ['webhook_events', 'received_at < 1'],
  ['growth_notices', 'received_at < 1'],
  ['issued_offers', 'expires_at < 1'],
  ['offer_answers', 'until < 1'],
  ['unoffered', 'until < 1'],
  ['usage_alerts', 'changed_at < 1'],
  ['traces', 'at < 1'],
  ['traces', "customer_id = 'of a complaint'"],
  ['offer_views', 'viewed_at < 1'],
  ['offer_views', "customer_id = 'a' and subscription_id = 's' and user_id = '' and viewed_at > 1"],
  ['entitlements', 'read_at < 1'],
  ['entitlements', "customer_id = 'of a webhook'"],
])('reads only the rows of %s that it looks for: %s', (table, condition) => {
  const database = new Libsql(path);
  const plan = database.prepare(`explain query plan delete from ${table} where ${condition}`).all();
  database.close();

  expect(JSON.stringify(plan)).toMatch(new RegExp(`SEARCH ${table} USING [A-Z ]*INDEX`));
});
