/**
 * Removes rows from the store once nothing can need them. How long that is, each subject decides in its own file.
 * Fulfillments are never removed: they say who bought what. Webhooks remove their old rows when the next one arrives.
 */
import { RETENTION_EVERY_MS } from '../constants.js';
import type { Log } from '../log.js';
import type { Leases } from './leases.js';
import { createSharedWork } from './shared-work.js';

interface RetentionOptions {
  /** Those with rows that become useless. */
  readonly subjects: readonly { removeOld(): Promise<void> }[];
  readonly leases: Leases;
  readonly log: Log;
}

export function createRetention({ subjects, leases, log }: RetentionOptions) {
  /** A subject that fails does not stop the others. */
  async function removeOld(): Promise<void> {
    for (const subject of subjects) {
      try {
        await subject.removeOld();
      } catch (error) {
        log.error({ err: error }, 'Failed to remove old rows from the store; the proxy tries again in an hour.');
      }
    }
  }

  const { doIfDue, start, stop } = createSharedWork({
    name: 'retention',
    everyMs: RETENTION_EVERY_MS,
    work: removeOld,
    leases,
    log,
  });
  return { removeOld, removeOldIfDue: doIfDue, start, stop };
}
