/** Says once what is odd about identities. A line for each request would drown the log. */
import { FLAWS_SAID } from '../constants.js';
import type { Log } from '../log.js';

export function createFlawLog(log: Log) {
  const said = new Set<string>();
  let isLongLivedSaid = false;

  return {
    /** @param field that was left out or cut. */
    leftOut(this: void, field: string): void {
      // A custom field may have any name, so there is an end to the list.
      if (said.has(field) || said.size >= FLAWS_SAID) return;
      said.add(field);
      log.warn(
        { field },
        'Left out or cut a field of an identity: it is null, too long, or not what this field takes. This is said once.',
      );
    },
    longLived(this: void): void {
      if (isLongLivedSaid) return;
      isLongLivedSaid = true;
      log.warn(
        {},
        'A token lives longer than an hour. Sign short-lived ones: a stolen token can be used until it ends.',
      );
    },
  };
}
