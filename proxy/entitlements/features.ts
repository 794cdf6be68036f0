/**
 * Which features the site has, to tell a page that misspells one. An id that was once in the list costs no further call, and
 * the others cost the same few calls however many are made up.
 */
import { UpstreamFailure } from '../chargebee/call.js';
import type { Chargebee } from '../chargebee/chargebee.js';
import { FEATURES_FAILURE_KEPT_MS, FEATURES_KEPT_MS, FEATURES_PATIENCE_MS } from '../constants.js';
import type { Log } from '../log.js';
import { within } from './patience.js';

interface FeaturesOptions {
  readonly chargebee: Pick<Chargebee, 'featureIds'>;
  /** Given work that goes on after the answer, for hosts that would otherwise cut it off. */
  readonly keepAlive: (work: Promise<unknown>) => void;
  readonly now: () => number;
  readonly log: Log;
}

export type Features = ReturnType<typeof createFeatures>;

export function createFeatures({ chargebee, keepAlive, now, log }: FeaturesOptions) {
  let ids: ReadonlySet<string> | undefined;
  let triedAt = -Infinity;
  let reading: Promise<void> | undefined;

  /** @returns false as well if Chargebee does not say, or not soon, which features there are. */
  async function isUnknown(featureId: string): Promise<boolean> {
    if (ids?.has(featureId)) return false;
    const keptMs = ids ? FEATURES_KEPT_MS : FEATURES_FAILURE_KEPT_MS;
    if (Math.abs(now() - triedAt) >= keptMs) reading ??= read().finally(() => (reading = undefined));
    if (reading) {
      keepAlive(reading);
      await within(FEATURES_PATIENCE_MS, reading);
    }
    return ids !== undefined && !ids.has(featureId);
  }

  async function read(): Promise<void> {
    triedAt = now();
    try {
      ids = new Set(await chargebee.featureIds());
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      ids = undefined;
      log.warn({ err: error }, 'Failed to read the features of the site; a misspelled feature id is not noticed.');
    }
  }

  return { isUnknown };
}
