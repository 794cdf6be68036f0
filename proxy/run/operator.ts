/**
 * For whoever runs the proxy, outside its base path: is it alive, may it be sent requests, what does it do. A proxy alone
 * serves these beside its app; one that is mounted in a host leaves it to the host whether and where to show them.
 */
import { Hono } from 'hono';
import type { Metrics } from './metrics.js';
import type { Store } from '../store/store.js';

export interface OperatorOptions {
  readonly store: Store;
  readonly metrics: Metrics;
  /** True while the process waits to stop. */
  readonly isDraining: () => boolean;
}

export function createOperator({ store, metrics, isDraining }: OperatorOptions) {
  const app = new Hono();
  app.get('/healthz', (c) => c.text('ok'));
  app.get('/readyz', async (c) => {
    const isReady = !isDraining() && (await isUsable(store));
    return c.text(isReady ? 'ok' : 'not ready', isReady ? 200 : 503);
  });
  app.get('/metrics', async (c) => c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType }));
  return app;
}

async function isUsable(store: Store): Promise<boolean> {
  try {
    await store.selectFrom('outbox').select('id').limit(1).execute();
    return true;
  } catch {
    return false;
  }
}
