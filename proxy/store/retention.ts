/**
 * Removes from the store what can never matter again. Fulfillments stay: they say who bought what. What webhooks brought is
 * removed in `webhooks.ts`, when the next one comes. Instances may do it at once: to remove a row twice does no harm.
 */
import { DEAD_LETTERS_KEPT_MS, ISSUED_OFFERS_KEPT_MS, RETENTION_EVERY_MS, WEBHOOK_MEMORY_MS } from '../constants.js';
import type { Log } from '../log.js';
import type { Store } from './store.js';

export type Retention = ReturnType<typeof createRetention>;

export function createRetention({ store, now, log }: { store: Store; now: () => number; log: Log }) {
  let timer: ReturnType<typeof setInterval> | undefined;

  async function removeOld(): Promise<void> {
    const ended = now() - ISSUED_OFFERS_KEPT_MS;
    await store
      .deleteFrom('issuedOffers')
      .where('expiresAt', '<', ended)
      .where(({ or, eb }) => or([eb('dismissedAt', 'is', null), eb('dismissedAt', '<', ended)]))
      .execute();
    await store.deleteFrom('unoffered').where('until', '<', now()).execute();
    // Longer than a list is answered from, and as long as a webhook may come whose version is older than the row's.
    const silent = now() - WEBHOOK_MEMORY_MS;
    await store.deleteFrom('entitlements').where('readAt', '<', silent).where('forgottenAt', '<', silent).execute();
    await store
      .deleteFrom('outbox')
      .where('diedAt', '<', now() - DEAD_LETTERS_KEPT_MS)
      .execute();
  }

  function start(): void {
    timer ??= setInterval(() => {
      removeOld().catch((error: unknown) => log.error({ err: error }, 'Failed to remove old rows from the store.'));
    }, RETENTION_EVERY_MS).unref();
  }

  function stop(): void {
    clearInterval(timer);
  }

  return { removeOld, start, stop };
}
