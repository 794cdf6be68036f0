/** `upgrade-offer outbox list | retry [ENTRY]`: what Chargebee has not been told, and another try once the cause is gone. */
import { MINUTE_MS } from '../constants.js';
import type { Outbox, OutboxEntry } from '../events/outbox.js';
import { table } from './table.js';

export class NoSuchEntry extends Error {
  override readonly name = 'NoSuchEntry';
}

export async function listOutbox(outbox: Pick<Outbox, 'list'>, now: number): Promise<string> {
  const entries = await outbox.list();
  if (entries.length === 0) return 'Nothing waits for Chargebee, and nothing was given up.';
  const minutes = (ms: number) => `${Math.round(ms / MINUTE_MS)} min`;
  const rows = entries.map(({ id, diedAt, kind, queue, createdAt, attempts, nextAttemptAt, lastError }) => [
    String(id),
    diedAt === null ? 'waits' : 'given up',
    kind,
    queue,
    minutes(now - createdAt),
    String(attempts),
    diedAt === null ? `in ${minutes(Math.max(nextAttemptAt - now, 0))}` : '',
    lastError ?? '',
  ]);
  return table([['ENTRY', 'STATE', 'KIND', 'OF', 'AGE', 'ATTEMPTS', 'NEXT', 'LAST ERROR'], ...rows]);
}

/** @param id all entries without it. @throws NoSuchEntry. */
export async function retryOutbox(outbox: Pick<Outbox, 'find' | 'list' | 'retry'>, id?: string): Promise<string> {
  const entries = id === undefined ? await outbox.list() : [await entryOf(outbox, id)];
  const held: OutboxEntry[] = [];
  for (const entry of entries) if (!(await outbox.retry(entry))) held.push(entry);
  const count = entries.length - held.length;
  return [
    count === 0
      ? 'Nothing is tried again.'
      : `${count} tried again within seconds, by the proxy that runs on this store.`,
    ...held.map(
      (entry) => `${entry.id} stays as it is: another report on ${entry.queue} waits, or it was sent meanwhile.`,
    ),
  ].join('\n');
}

async function entryOf(outbox: Pick<Outbox, 'find'>, id: string): Promise<OutboxEntry> {
  const entry = /^\d{1,15}$/.test(id) ? await outbox.find(Number(id)) : undefined;
  if (!entry) throw new NoSuchEntry(`Failed to try ${id} again: no such entry. Run: upgrade-offer outbox list`);
  return entry;
}
