/** A sandbox as an app, and what its holder can do with it. A reset makes a new world behind the same app. */
import { Hono } from 'hono';
import type { Clock } from './clock.js';
import type { Faults } from './faults.js';
import type { Playbook, PlaybookInput } from './playbook.js';
import type { RateLimiter } from './rate-limit.js';
import type { SandboxRecords } from './records.js';
import type { SandboxOptions } from './sandbox-options.js';
import type { SettingsInForce } from './settings.js';
import type { Webhooks } from './webhooks.js';
import { createWorld } from './world.js';

/** What a test or a host can do with a sandbox besides calling its API. */
export interface SandboxControls {
  readonly site: string;
  readonly apiKey: string;
  readonly clock: Clock;
  /** The mapped fields, plays and entitlements of ordinary customers. */
  readonly plays: { current(): Playbook; replace(playbook: PlaybookInput): void };
  readonly settings: SettingsInForce;
  readonly faults: Pick<Faults, 'add' | 'clear' | 'inForce'>;
  readonly rateLimit: Pick<RateLimiter, 'current' | 'set' | 'lift'>;
  readonly webhooks: Pick<Webhooks, 'configure' | 'settings' | 'announce' | 'repeat' | 'deliveries'>;
  /** @param customerId keeps only the records of this customer. */
  records(customerId?: string): SandboxRecords;
  /**
   * Forgets everything, and starts again as it was started. Read `clock`, `plays` and the others from the sandbox again
   * afterwards: they are new ones.
   */
  reset(): void;
}

/** What every server can use. A type of our own, because a host without Hono would get `any`. */
export interface SandboxApp {
  fetch(request: Request): Response | Promise<Response>;
  request(path: string, init?: RequestInit): Response | Promise<Response>;
}

export interface Sandbox extends SandboxControls {
  readonly app: SandboxApp;
  /** Sends the webhooks that are due. If you serve the app yourself, call it repeatedly. */
  tick(): Promise<void>;
}

/**
 * A sandbox for a server of your own.
 *
 * @throws an Error with one sentence when the plays have mistakes.
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const create = () => createWorld(options, async () => (options.onReset ? options.onReset() : reset()));
  let world = create();
  const reset = () => void (world = create());

  const app = new Hono();
  app.all('*', (c) => world.app.fetch(c.req.raw));
  return {
    app,
    site: world.site.name,
    apiKey: world.site.apiKey,
    get clock() {
      return world.site.clock;
    },
    get plays() {
      return world.site.playbook;
    },
    get settings() {
      return world.site.settings;
    },
    get faults() {
      return world.site.faults;
    },
    get rateLimit() {
      return world.site.rateLimit;
    },
    get webhooks() {
      return world.site.webhooks;
    },
    records: (customerId) => world.site.records(customerId),
    reset,
    tick: () => world.site.webhooks.tick(),
  };
}
