/** Sends a fixed number of requests over a few open connections, each as soon as the one before is answered. */
import autocannon from 'autocannon';

export interface Request {
  readonly path: string;
  readonly body: unknown;
  readonly token?: string;
}

/** As many as a small front-end server keeps open, and enough to keep one core busy. */
const CONNECTIONS = 20;

/**
 * @param options.perSecond limits the rate; by default as fast as possible.
 * @returns requests per second. @throws when an answer is not a 2xx, because a refusal takes less time than the work.
 */
export async function load(
  url: string,
  requests: readonly Request[],
  { perSecond }: { perSecond?: number } = {},
): Promise<number> {
  const count = requests.length;
  const shares = shared(requests.map(toHttp));
  let lastAt = 0;
  const startedAt = performance.now();
  const run = autocannon({
    url,
    connections: CONNECTIONS,
    amount: count,
    sampleInt: 100,
    ...(perSecond !== undefined && { overallRate: perSecond }),
    setupClient: (client) => client.setRequests(shares.pop() ?? []),
  });
  run.on('response', () => (lastAt = performance.now()));
  const { '2xx': answered, non2xx, errors } = await run;
  if (answered !== count) {
    throw new Error(`Failed to load ${url}: ${answered} of ${count} were answered, ${non2xx} refused, ${errors} lost.`);
  }
  return (count / (lastAt - startedAt)) * 1_000;
}

/** No two connections send the same request at once, because the proxy would answer both with one read. */
function shared(requests: readonly object[]): object[][] {
  return Array.from({ length: CONNECTIONS }, (_, share) =>
    requests.filter((_request, index) => index % CONNECTIONS === share),
  );
}

function toHttp({ path, body, token }: Request): object {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  return { method: 'POST', path, headers, body: JSON.stringify(body) };
}
