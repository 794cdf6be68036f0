/** One of the hosts, as a reader of the documents gets it: installed, built without a secret, and started. */
import { cp, readdir, readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { run, start, type Command } from './command.js';
import type { Host } from './hosts.js';

export type RunningHost = Awaited<ReturnType<typeof runHost>>;

interface Manifest {
  readonly scripts: { readonly build?: string; readonly start: string };
}

const STARTS_WITHIN_MS = 60_000;
const INSTALL = 'npm install --prefer-offline --no-audit --no-fund';

/**
 * @param target where it is installed.
 * @param settings the environment of the started app, and only of that.
 */
export async function runHost(
  { folder, settings: own }: Host,
  target: string,
  settings: Readonly<Record<string, string>>,
) {
  const app = join(target, folder);
  await cp(fileURLToPath(new URL(folder, import.meta.url)), app, { recursive: true });
  const { scripts } = JSON.parse(await readFile(join(app, 'package.json'), 'utf8')) as Manifest;

  const steps = [`installed in ${await timed(() => run(INSTALL, app))}`];
  if (scripts.build) steps.push(`built in ${await timed(() => run('npm run build', app))}`);
  const filesAfterBuild = await readdir(app);

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // Its own words, because npm does not pass every signal on.
  const server = start(scripts.start.replace('$PORT', String(port)), app, {
    ...settings,
    ...own?.(url),
    PORT: String(port),
  });
  steps.push(`ready in ${await timed(() => answers(url, server))}`);
  return { url, filesAfterBuild, steps, server };
}

async function answers(url: string, server: Command): Promise<void> {
  await vi
    .waitFor(async () => server.isRunning() && fetch(url), { timeout: STARTS_WITHIN_MS })
    .catch(() => server.fail(`does not answer at ${url}`));
  if (!server.isRunning()) server.fail(`ended with ${await server.ended}`);
}

/** Some of the hosts cannot say which port they were given. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

async function timed(step: () => Promise<void>): Promise<string> {
  const from = performance.now();
  await step();
  return `${Math.round((performance.now() - from) / 1_000)} s`;
}
