/**
 * Which features the site has, to tell a page that misspells one. Read for that alone, so it costs nothing while every id is
 * known, and the same few calls however many ids are made up.
 */
import { UpstreamFailure } from '../chargebee/call.js';
import type { Chargebee } from '../chargebee/chargebee.js';
import { FEATURES_KEPT_MS } from '../constants.js';
import type { Log } from '../log.js';

interface FeaturesOptions {
  readonly chargebee: Pick<Chargebee, 'featureIds'>;
  readonly now: () => number;
  readonly log: Log;
}

export type Features = ReturnType<typeof createFeatures>;

export function createFeatures({ chargebee, now, log }: FeaturesOptions) {
  let ids: ReadonlySet<string> | undefined;
  let triedAt = -Infinity;
  let reading: Promise<void> | undefined;

  /** @returns false as well if Chargebee does not say which features there are. */
  async function isUnknown(featureId: string): Promise<boolean> {
    if (ids?.has(featureId)) return false;
    if (Math.abs(now() - triedAt) >= FEATURES_KEPT_MS) reading ??= read().finally(() => (reading = undefined));
    await reading;
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
