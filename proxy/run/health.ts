/**
 * Routes for whatever starts and stops the process, outside the base path: is the proxy alive, is it ready for requests. A
 * proxy that runs alone serves them beside its app; a host that mounts the proxy decides whether and where to serve them.
 */
import { Hono } from 'hono';
import { setTimeout as wait } from 'node:timers/promises';
import { READY_TIMEOUT_MS } from '../constants.js';

interface HealthOptions {
  /** Rejects if the store cannot be written: a full disk and a read-only database can still be read. */
  readonly writeStore: () => Promise<unknown>;
  /** True while the process waits to stop. */
  readonly isDraining: () => boolean;
}

export function createHealth({ writeStore, isDraining }: HealthOptions) {
  let trying: Promise<boolean> | undefined;

  /** Anybody may ask, so all who ask at once share one try. */
  function canWrite(): Promise<boolean> {
    trying ??= writeStore()
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        trying = undefined;
      });
    return trying;
  }

  async function isReady(): Promise<boolean> {
    if (isDraining()) return false;
    const late = new AbortController();
    const tooLate = wait(READY_TIMEOUT_MS, false, { signal: late.signal }).catch(() => false);
    const isWritten = await Promise.race([canWrite(), tooLate]);
    late.abort();
    return isWritten;
  }

  const app = new Hono();
  app.get('/healthz', (c) => c.text('ok'));
  app.get('/readyz', async (c) => ((await isReady()) ? c.text('ok') : c.text('not ready', 503)));
  return app;
}
