/** The features of the site: those that the sandbox ships with, and those that the playbook names. */
import type { Feature } from './entitlement-level.js';
import * as builtInFeatures from './features.js';
import type { Playbook } from './playbook.js';

export function knownFeatures({ plays, entitlements }: Playbook): Feature[] {
  const named = [...entitlements, ...plays.flatMap(({ grants }) => grants)].map(({ feature }) => feature);
  return [...new Map([...Object.values(builtInFeatures), ...named].map((each) => [each.feature_id, each])).values()];
}
