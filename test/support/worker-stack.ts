/** The real stack on Cloudflare's runtime: the built worker in workerd, its D1 database, and the sandbox. */
import { Miniflare } from 'miniflare';
import { fileURLToPath } from 'node:url';
import { serveSandbox } from '../../demo/sandbox/listen.js';
import { createSandbox } from '../../demo/sandbox/sandbox.js';
import { watchForOffSpec } from './off-spec.js';

export type WorkerStack = Awaited<ReturnType<typeof startWorkerStack>>;

const built = (path: string) => fileURLToPath(new URL(`../../dist/${path}`, import.meta.url));

export async function startWorkerStack() {
  const { onOffSpec, assertNone } = watchForOffSpec();
  const sandbox = await serveSandbox(createSandbox({ fulfillmentDelayMs: 300, onOffSpec }), 0);
  const identitySecret = 'the secret that the tests sign tokens with';
  const serverKey = 'the-key-that-the-backend-of-the-tests-has';
  const written: string[] = [];
  const runtime = new Miniflare({
    host: '127.0.0.1',
    port: 0,
    compatibilityDate: '2025-12-01',
    compatibilityFlags: ['nodejs_compat'],
    modules: [{ type: 'ESModule', path: built('worker/index.js') }],
    d1Databases: ['DB'],
    // Cloudflare's own assets would add a router before the worker, which does not pass cron triggers on.
    serviceBindings: { ASSETS: { disk: { path: built('widget') } } },
    unsafeTriggerHandlers: true,
    bindings: {
      CHARGEBEE_SITE: 'acme-test',
      CHARGEBEE_API_KEY: 'test_sandbox',
      CHARGEBEE_URL: sandbox.url,
      IDENTITY_SECRET: identitySecret,
      SERVER_KEY: serverKey,
    },
    handleRuntimeStdio(stdout, stderr) {
      for (const stream of [stdout, stderr]) stream.on('data', (chunk: Buffer) => written.push(String(chunk)));
    },
  });
  const { origin } = await runtime.ready;

  return {
    proxyUrl: `${origin}/upgrade-offer`,
    sandboxUrl: sandbox.url,
    identitySecret,
    serverKey,
    /** The store of the worker. */
    database: () => runtime.getD1Database('DB'),
    /** The worker's log. */
    written: () => written.join(''),
    async cron(): Promise<void> {
      await fetch(`${origin}/cdn-cgi/handler/scheduled`);
    },
    async close(): Promise<void> {
      await runtime.dispose();
      await sandbox.close();
      assertNone();
    },
  };
}
