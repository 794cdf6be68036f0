import { Miniflare } from 'miniflare';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { d1 } from '../../../proxy/store/d1.js';
import { createStore } from '../../../proxy/store/store.js';

let runtime: Miniflare;

beforeAll(() => {
  const script = 'export default { fetch: () => new Response() };';
  runtime = new Miniflare({ modules: true, script, d1Databases: ['DB'], compatibilityDate: '2025-12-01' });
});
afterAll(() => runtime.dispose());

it('isolates of a worker that start at the same moment share one new database: all but one once failed', async () => {
  const database = await runtime.getD1Database('DB');

  const stores = await Promise.all(Array.from({ length: 5 }, () => createStore(d1(database), 'sqlite')));

  for (const store of stores) expect(await store.selectFrom('offerAnswers').selectAll().execute()).toEqual([]);
});
