/** The steps of `proxy/Dockerfile` as Docker would take them, in a folder in the place of the image. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, it, onTestFinished, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const run = promisify(execFile);
const { tarball, pageFolder } = inject('installed');
const path = join(pageFolder, 'node_modules/upgrade-offer/proxy/Dockerfile');
const [, packages = '', image = ''] = readFileSync(path, 'utf8').split(/^FROM .*$/m);
const ENV = Object.fromEntries(
  /^ENV (.*)$/m
    .exec(image)?.[1]
    ?.split(' ')
    .map((pair) => pair.split('=')) ?? [],
);
const commandOf = (pattern: RegExp) => JSON.parse(pattern.exec(image)?.[1] ?? '[]') as [string, ...string[]];

it('the image installs the drivers that the package is tested with', () => {
  expect(packages).toContain(`libsql@${manifest.devDependencies.libsql} pg@${manifest.devDependencies.pg}`);
  expect(image).toMatch(/^USER node$/m);
});

it('its steps make a proxy that passes its health check, writes to its data folder only and ends by SIGTERM', async () => {
  const app = mkdtempSync(join(tmpdir(), 'upgrade-offer-image-'));
  onTestFinished(() => rm(app, { recursive: true }));
  copyFileSync(tarball, join(app, 'upgrade-offer.tgz'));
  for (const [, step = ''] of packages.matchAll(/^RUN (.*)$/gm)) {
    await run('sh', ['-c', step], { cwd: app, env: { ...process.env, npm_config_prefer_offline: 'true' } });
  }
  expect(existsSync(join(app, 'node_modules/pg'))).toBe(true);
  const before = readdirSync(app, { recursive: true, encoding: 'utf8' });

  const environment = {
    PATH: process.env['PATH'],
    ...ENV,
    DATABASE_URL: String(ENV['DATABASE_URL']).replace('/data/', `${app}/data/`),
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    CHARGEBEE_SITE: 'acme-test',
    CHARGEBEE_API_KEY: 'test_key',
    IDENTITY_SECRET: 'for-this-test-only-and-long-enough-for-hs256',
    DRAIN_SECONDS: '0',
  };
  const [node, ...parameters] = commandOf(/^CMD (\[.*\])$/m);
  const proxy = spawn(node, parameters, { cwd: app, env: environment, stdio: 'ignore' });
  onTestFinished(() => void proxy.kill('SIGKILL'));
  const ended = once(proxy, 'close');
  const [checker, ...check] = commandOf(/^HEALTHCHECK .* CMD (\[.*\])$/m);
  const health = () => run(checker, check, { cwd: app, env: environment });
  await vi.waitFor(health, { timeout: 60_000, interval: 500 });
  proxy.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  await expect(health()).rejects.toMatchObject({ code: 1 });
  const added = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((name) => !before.includes(name));
  expect(added.filter((name) => !name.startsWith('data/'))).toEqual([]);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
