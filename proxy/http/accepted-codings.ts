/** How a file may be compressed for a client, the smallest way first (RFC 9110, 12.5.3). */
import { parseAccept } from 'hono/utils/accept';

const CODINGS = ['br', 'gzip'] as const;

/** @param header `Accept-Encoding`. A client that sends none gets the file as it is, because such scripts rarely decode. */
export function acceptedCodings(header = ''): (typeof CODINGS)[number][] {
  const accepted = parseAccept(header);
  const named = (name: string) => accepted.find(({ type }) => type.toLowerCase() === name);
  return CODINGS.filter((coding) => (named(coding) ?? named('*'))?.q);
}
