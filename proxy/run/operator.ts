/**
 * Routes for the operator, outside the base path: is the proxy alive, is it ready for requests, what is it doing. A proxy
 * that runs alone serves them beside its app; a host that mounts the proxy decides whether and where to serve them.
 */
import { Hono } from 'hono';
import type { Metrics } from './metrics.js';

interface OperatorOptions {
  readonly metrics: Metrics;
  /** Rejects if the store cannot be read. */
  readonly readStore: () => Promise<unknown>;
  /** True while the process waits to stop. */
  readonly isDraining: () => boolean;
}

export function createOperator({ metrics, readStore, isDraining }: OperatorOptions) {
  async function isReady(): Promise<boolean> {
    if (isDraining()) return false;
    return readStore().then(
      () => true,
      () => false,
    );
  }

  const app = new Hono();
  app.get('/healthz', (c) => c.text('ok'));
  app.get('/readyz', async (c) => ((await isReady()) ? c.text('ok') : c.text('not ready', 503)));
  app.get('/metrics', async (c) => c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType }));
  return app;
}
