/**
 * Body parsers of a host app, such as `express.json()` and those of Nest, leave the proxy nothing to read. What they made of
 * the body is put where `@hono/node-server` (2.1) looks first: `rawBody`, in which Firebase and Nest keep the bytes.
 */
import { Readable } from 'node:stream';

/** @param bindings what the server passes beside a request; `@hono/node-server` passes Node's own request. */
export function giveBackBody(bindings: unknown): void {
  if (typeof bindings !== 'object' || bindings === null || !('incoming' in bindings)) return;
  const { incoming } = bindings;
  if (!(incoming instanceof Readable) || !incoming.readableDidRead || !('body' in incoming)) return;
  const { body } = incoming;
  if (body === undefined || 'rawBody' in incoming) return;
  const rawBody = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  Object.assign(incoming, { rawBody });
}
