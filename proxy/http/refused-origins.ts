/** Names the origins whose pages were refused, for an operator whose own page is among them. */
import { ORIGINS_SAID } from '../constants.js';
import type { Log } from '../log.js';

/** Once for each origin, as far as it goes: anybody can send any. */
export function createRefusalLog(log: Log) {
  const said = new Set<string>();
  return function sayRefused(origin: string): void {
    if (said.has(origin) || said.size >= ORIGINS_SAID) return;
    said.add(origin);
    log.warn(
      { origin },
      'Refused the pages of an origin that is not in ALLOWED_ORIGINS: add it if it is yours. If it is the address of the proxy itself, let your reverse proxy pass on the Host header. This is said once.',
    );
  };
}
