/** The real stack: a Chargebee sandbox and the proxy in front of it, each on a free port, stopped after the tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { serveSandbox } from '../../demo/sandbox/listen.js';
import { createSandbox, type SandboxOptions } from '../../demo/sandbox/sandbox.js';
import { readConfig, type Environment } from '../../proxy/config.js';
import { listen } from '../../proxy/run/listen.js';
import { openOfferProxy, type OfferProxyOptions } from '../../proxy/run/server.js';
import { startFailingNetwork } from './failing-network.js';
import { watchForOffSpec } from './off-spec.js';
import { newDatabase } from './postgres.js';

export interface StackAddress {
  readonly proxyUrl: string;
  readonly sandboxUrl: string;
  readonly identitySecret: string;
  readonly serverKey: string;
}

export interface StackOptions {
  readonly settings?: Environment;
  readonly sandbox?: SandboxOptions;
  readonly proxy?: OfferProxyOptions;
  /** A PostgreSQL server for the store; without it the store is a file. */
  readonly postgresUrl?: string | undefined;
}

export interface Stack extends StackAddress {
  /** The proxy's settings, to start another one on the same store. */
  readonly environment: Environment;
  /** Stops the proxy only. */
  stopProxy(): Promise<void>;
  /** @throws an Error when an answer of the sandbox was not in Chargebee's form. */
  close(): Promise<void>;
}

const SILENT = { info() {}, warn() {}, error() {} };

/** The ports that vitest's browser server tries, in order. */
const TEST_PAGE_ORIGINS = Array.from({ length: 10 }, (_, index) => `http://localhost:${63_315 + index}`).join(',');

export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-'));
  const { onOffSpec, assertNone } = watchForOffSpec();
  const sandbox = await serveSandbox(createSandbox({ fulfillmentDelayMs: 300, onOffSpec, ...options.sandbox }), 0);
  const identitySecret = 'the secret that the tests sign tokens with';
  const serverKey = 'the-key-that-the-backend-of-the-tests-has';
  const environment = {
    CHARGEBEE_SITE: 'acme-test',
    CHARGEBEE_API_KEY: 'test_sandbox',
    CHARGEBEE_URL: sandbox.url,
    CHARGEBEE_CALLS_PER_MINUTE: '100000',
    // Tests that are not about it count one call per list.
    SUBSCRIPTION_STATUS: 'ignore',
    DATABASE_URL: options.postgresUrl ? await newDatabase(options.postgresUrl) : `file:${join(folder, 'proxy.db')}`,
    IDENTITY_SECRET: identitySecret,
    SERVER_KEY: serverKey,
    ALLOWED_ORIGINS: TEST_PAGE_ORIGINS,
    BROWSER_CONTEXT: 'storage_used_percent:number',
    PORT: '0',
    DRAIN_SECONDS: '0',
    ...options.settings,
  };
  const { proxyUrl, stop } = await startProxy(environment, options.proxy);
  let stopping: Promise<void> | undefined;
  const stopProxy = () => (stopping ??= stop());
  return {
    proxyUrl,
    sandboxUrl: sandbox.url,
    identitySecret,
    serverKey,
    environment,
    stopProxy,
    async close() {
      await stopProxy();
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
      assertNone();
    },
  };
}

/** A proxy by itself, such as a second one on the store of a stack. */
export async function startProxy(environment: Environment, options: OfferProxyOptions = {}) {
  const config = readConfig(environment);
  const proxy = await openOfferProxy(config, { log: SILENT, ...options });
  const server = await listen(proxy.standalone, config);
  return {
    proxyUrl: `${server.url}${config.basePath}`,
    async stop(): Promise<void> {
      await server.close();
      await proxy.close();
    },
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    stack: StackAddress;
    /** The same proxy behind a network that fails, see `failing-network.ts`. */
    failingUrl: string;
  }
}

/** One stack for all browser tests; each test uses its own customer. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { proxyUrl, sandboxUrl, identitySecret, serverKey, close } = await startStack();
  const network = await startFailingNetwork(proxyUrl);
  project.provide('stack', { proxyUrl, sandboxUrl, identitySecret, serverKey });
  project.provide('failingUrl', network.url);
  return async () => {
    await network.close();
    await close();
  };
}
