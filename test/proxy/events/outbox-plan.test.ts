import { SelectQueryNode, TableNode, type KyselyPlugin, type RootOperationNode } from 'kysely';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createOutbox } from '../../../proxy/events/outbox.js';
import { openStore } from '../../../proxy/store/open.js';

it('looks at the outbox without reading a dead letter: 300,000 of them once made each look 1,000 times as expensive', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-'));
  const store = await openStore(`file:${join(folder, 'proxy.db')}`);
  onTestFinished(async () => {
    await store.destroy();
    await rm(folder, { recursive: true, force: true });
  });
  const queries: RootOperationNode[] = [];
  const watching: KyselyPlugin = {
    transformQuery: ({ node }) => (queries.push(node), node),
    transformResult: async ({ result }) => result,
  };
  const watched = store.withPlugin(watching);
  const outbox = createOutbox({ store: watched, now: Date.now });
  // It has built a query that is executed later.
  queries.length = 0;
  await outbox.due({ reportsOnly: false });
  await outbox.due({ reportsOnly: true });
  await outbox.nextAttemptAt();
  await outbox.removeOld();

  expect(queries).toHaveLength(4);
  for (const node of queries) {
    const compiled = watched.getExecutor().compileQuery(node, { queryId: 'plan' });
    // As a select, because the store executes anything else in a transaction.
    const { rows } = await store.executeQuery<{ detail: string }>({
      ...compiled,
      sql: `explain query plan ${compiled.sql}`,
      query: SelectQueryNode.createFrom([TableNode.create('outbox')]),
    });
    const reads = rows.map(({ detail }) => detail).filter((detail) => /^(SCAN|SEARCH)/.test(detail));
    expect(reads).not.toEqual([]);
    for (const read of reads) expect(read).toMatch(/INDEX outbox_(waiting|waiting_by_queue|due_by_kind|dead)\b/);
  }
});
