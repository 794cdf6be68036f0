/**
 * Removes rows from the store once nothing can need them. How long that is, each subject decides in its own file.
 * Fulfillments are never removed: they say who bought what. Webhooks remove their old rows when the next one arrives.
 * Several instances may do this at once, because removing a row twice is harmless.
 */
import { RETENTION_EVERY_MS } from '../constants.js';
import type { Log } from '../log.js';

interface RetentionOptions {
  /** Those with rows that become useless. */
  readonly subjects: readonly { removeOld(): Promise<void> }[];
  readonly log: Log;
}

export function createRetention({ subjects, log }: RetentionOptions) {
  let timer: ReturnType<typeof setInterval> | undefined;

  async function removeOld(): Promise<void> {
    for (const subject of subjects) await subject.removeOld();
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
