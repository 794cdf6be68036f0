/** Answers with a file, or says that the browser's copy is the same (RFC 9110, 13.1.2). */
import type { Context } from 'hono';

interface File {
  readonly body: Uint8Array<ArrayBuffer>;
  /** Of the body as it is sent: two codings of one file have two tags. */
  readonly etag: string;
  /** All that the answer has in either case. */
  readonly headers: Readonly<Record<string, string>>;
  /** What describes the body only. */
  readonly bodyHeaders: Readonly<Record<string, string>>;
}

export function fileAnswer(c: Context, { body, etag, headers, bodyHeaders }: File): Response {
  const tagged = { ...headers, ETag: etag };
  if (isKnown(c.req.header('If-None-Match'), etag)) return c.body(null, 304, tagged);
  return c.body(body, 200, { ...tagged, ...bodyHeaders, 'Content-Length': String(body.byteLength) });
}

/** A reverse proxy that compresses makes a tag weak. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch?.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, ''))) ?? false;
}
