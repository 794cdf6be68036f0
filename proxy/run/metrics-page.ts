/**
 * `/metrics`. The numbers name routes and tell how much is sold, so they can be kept from the public: on a port of their own
 * (`METRICS_PORT`), behind a token (`METRICS_TOKEN`), or both.
 */
import { Hono } from 'hono';
import { knownKey } from '../http/known-key.js';
import type { Metrics } from './metrics.js';

/** @param tokens a reader shows one of them; if there are none, anybody may read. */
export function createMetricsPage(metrics: Metrics, tokens: readonly string[]) {
  const isKnown = knownKey(tokens);
  const mayRead = async (authorization = '') =>
    tokens.length === 0 || (await isKnown(/^Bearer (\S+)$/i.exec(authorization)?.[1] ?? ''));

  return new Hono().get('/metrics', async (c) => {
    if (await mayRead(c.req.header('Authorization')))
      return c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType });
    return c.text('The metrics are for those who show METRICS_TOKEN as a bearer token.', 401, {
      'WWW-Authenticate': 'Bearer',
    });
  });
}
