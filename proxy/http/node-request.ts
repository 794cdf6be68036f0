/** What a host that runs on Node passes on: of Node's own types only what is used, because not every host has them installed. */

/** Of `IncomingMessage`. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** The whole address, where Express and all that follow it have cut off a part. */
  readonly originalUrl?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly socket: object;
}

/** Of `ServerResponse`. */
export interface NodeResponse {
  writeHead(status: number, headers: Readonly<Record<string, string>>): unknown;
  end(body?: string): unknown;
}

/** @returns the request without its body, which is the route's to read. */
export function withoutBody({ method = 'GET', url = '/', originalUrl = url, headers, socket }: NodeRequest): Request {
  const protocol = 'encrypted' in socket && socket.encrypted ? 'https' : 'http';
  const base = `${protocol}://${String(headers['host'] ?? headers[':authority'])}`;
  const sent = Object.entries(headers).flatMap(([name, value = []]): [string, string][] =>
    // HTTP/2 has names for the address, which are no headers.
    name.startsWith(':') ? [] : [value].flat().map((each) => [name, each]),
  );
  return new Request(new URL(originalUrl, URL.canParse(base) ? base : 'http://localhost'), { method, headers: sent });
}
