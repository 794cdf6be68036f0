/** Node apps that import each export of the installed package. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { startCommand } from './command.js';

const { pageFolder, proxyFolder } = inject('installed');

let sandbox: ReturnType<typeof startCommand>;
let sandboxUrl: string;

beforeAll(async () => {
  sandbox = startCommand(pageFolder, ['sandbox'], { PORT: '0' });
  sandboxUrl = new URL(await sandbox.address()).origin;
});
afterAll(() => sandbox.stop());

it('renders pages with the element imported, which has no effect there', async () => {
  const script = `
    import * as library from 'upgrade-offer';
    import * as defining from 'upgrade-offer/define';
    say({ library: Object.keys(library), defining: Object.keys(defining), global: 'customElements' in globalThis });
  `;
  const names = ['UpgradeOffer', 'configure', 'gate'];
  expect(await run(pageFolder, script)).toEqual({ library: names, defining: names, global: false });
});

it('starts the stand-in in its own tests, with nothing else installed', async () => {
  const script = `
    import { createSandbox } from 'upgrade-offer/sandbox';
    say((await createSandbox().app.request('/sandbox/records')).status);
  `;
  expect(await run(pageFolder, script)).toBe(200);
});

it('reads the hashes and the version', async () => {
  const script = `
    import hashes from 'upgrade-offer/integrity.json' with { type: 'json' };
    import manifest from 'upgrade-offer/package.json' with { type: 'json' };
    say([hashes['upgrade-offer.js'], manifest.name]);
  `;
  expect(await run(pageFolder, script)).toEqual([expect.stringMatching(/^sha384-/), 'upgrade-offer']);
});

it('mounts the proxy in its own Hono, also behind a middleware that has read the body', async () => {
  const script = `
    import { Hono } from 'hono';
    import { openOfferProxy, readConfig } from 'upgrade-offer/proxy';

    const config = readConfig({
      CHARGEBEE_SITE: 'acme-test', CHARGEBEE_API_KEY: 'test_sandbox', CHARGEBEE_URL: '${sandboxUrl}',
      DATABASE_URL: 'file:data/mounted.db', LOG_LEVEL: 'silent',
    }, { identifiedByHost: true });
    const identify = async () => ({ customerId: 'cus_mounted', subscriptionId: 'sub_mounted' });
    const proxy = await openOfferProxy(config, { identify });
    const app = new Hono().use(async (c, next) => {
      await c.req.text();
      await next();
      c.header('X-Host', 'own');
    });
    app.get('/report', proxy.requireEntitlement('advanced-analytics'), (c) => c.text('report'));
    app.get('/hello', (c) => c.text('hello'));
    app.route('/', proxy.app);

    const body = JSON.stringify({ feature: 'advanced-analytics' });
    const headers = { 'Content-Type': 'application/json' };
    const asked = await app.request('/upgrade-offer/offers', { method: 'POST', headers, body });
    const { access, offer } = await asked.json();
    const others = ['/report', '/hello', '/upgrade-offer/nowhere', '/upgrade-offer/upgrade-offer.js'];
    const statuses = await Promise.all(others.map(async (path) => (await app.request(path)).status));
    say({ access, options: offer.options.length, host: asked.headers.get('X-Host'), statuses });
    await proxy.close();
  `;
  const statuses = [403, 200, 404, 200];
  expect(await run(proxyFolder, script)).toEqual({ access: 'denied', options: 1, host: 'own', statuses });
});

/** @returns what the script prints. */
async function run(folder: string, script: string): Promise<unknown> {
  const path = join(folder, `${crypto.randomUUID()}.mjs`);
  await writeFile(path, `const say = (value) => console.log(JSON.stringify(value));\n${script}`);
  return new Promise((done, failed) => {
    execFile(process.execPath, ['--no-warnings', path], { cwd: folder }, (error, stdout, stderr) =>
      error ? failed(new Error(stderr, { cause: error })) : done(JSON.parse(stdout)),
    );
  });
}
