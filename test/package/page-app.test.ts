/** Pages with the installed package: bundled with Vite by an app, and loaded as files with integrity hashes. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newCustomer } from '../support/customer.js';
import { startHost, type Host } from '../host-pages/host-page.js';

const { pageFolder } = inject('installed');

let host: Host;

beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host.close());

describe('an app that bundles it', () => {
  const MAIN = `
    import { gate, UpgradeOffer } from 'upgrade-offer';

    const before = customElements.get('upgrade-offer');
    await import('./name.js');
    document.title = [before, customElements.get('upgrade-offer') === UpgradeOffer].join();
    document.querySelector('button').addEventListener('click', () => gate('advanced-analytics', () => {}));
  `;
  const NAME = `import 'upgrade-offer/define';`;

  let bundled: Awaited<ReturnType<typeof bundle>>;

  beforeAll(async () => {
    bundled = await bundle('used', { 'main.js': MAIN, 'name.js': NAME });
  });

  it('defines the element only when it imports upgrade-offer/define, and has one class for it', async () => {
    const { page, complaints } = await openBundled();
    await page.waitForFunction(() => document.title);
    expect(await page.title()).toBe(',true');
    await page.getByRole('button', { name: 'Add 100 GB storage' }).waitFor();
    expect(await complaints()).toEqual([]);
  });

  it('gates a feature', async () => {
    const { page } = await openBundled();
    await page.waitForFunction(() => document.title);
    await page.getByRole('button', { name: 'Analytics' }).click();
    await page.getByRole('dialog', { name: 'Unlock Advanced Analytics' }).waitFor();
  });

  it('loads nothing of the package when it uses nothing of it', async () => {
    const chunks = await bundle('unused', {
      'main.js': `import { gate } from 'upgrade-offer'; document.title = 'App';`,
    });
    const entry = chunks.find(({ name }) => name === 'main');
    expect(entry).toMatchObject({
      imports: [],
      dynamicImports: [],
      code: expect.stringMatching(/^document\.title=`App`;/),
    });
  });

  async function openBundled() {
    const entry = bundled.find(({ name }) => name === 'main')?.fileName;
    const head = `<title></title><script type="module" src="/${entry}"></script>`;
    const scripts = Object.fromEntries(bundled.map(({ fileName, code }) => [`/${fileName}`, code]));
    // The script comes from the app and not from the proxy, so the element needs the proxy's address.
    return host.open({ head, scripts, body: `<button>Analytics</button>${await offer('proxy="/upgrade-offer"')}` });
  }
});

describe('a page that names the hashes of integrity.json', () => {
  const hashes = async () =>
    JSON.parse(await readFile(join(pageFolder, 'node_modules/upgrade-offer/dist/integrity.json'), 'utf8')) as Record<
      string,
      string
    >;
  const BASE = '/upgrade-offer/';

  it('shows the offer with the module and all its chunks', async () => {
    const integrity = Object.fromEntries(Object.entries(await hashes()).map(([name, hash]) => [BASE + name, hash]));
    const head = `
      <script type="importmap">${JSON.stringify({ integrity })}</script>
      <script type="module" src="${BASE}upgrade-offer.js"></script>`;
    const { page, complaints } = await host.open({ head, body: await offer() });
    await page.getByRole('button', { name: 'Add 100 GB storage' }).waitFor();
    expect(await complaints()).toEqual([]);
  });

  it('shows the offer with the classic script', async () => {
    const { page, complaints } = await openClassic((await hashes())['upgrade-offer.classic.js']);
    await page.getByRole('button', { name: 'Add 100 GB storage' }).waitFor();
    expect(await complaints()).toEqual([]);
  });

  it('does not run a script that was changed', async () => {
    const { page, complaints } = await openClassic((await hashes())['upgrade-offer.js']);
    expect(await page.locator('upgrade-offer:not(:defined)').count()).toBe(1);
    expect((await complaints()).join()).toContain('integrity');
  });

  async function openClassic(hash: string | undefined) {
    const head = `<script defer src="${BASE}upgrade-offer.classic.js" integrity="${hash}"></script>`;
    return host.open({ head, body: await offer() });
  }
});

async function offer(attributes = ''): Promise<string> {
  const { token } = await newCustomer('ordinary', { secret: host.stack.identitySecret });
  return `<upgrade-offer layout="banner" token="${token}" context='{"storage_used_percent": 85}' ${attributes}></upgrade-offer>`;
}

async function bundle(app: string, sources: Record<string, string>) {
  const folder = join(pageFolder, app);
  await mkdir(folder, { recursive: true });
  for (const [name, source] of Object.entries(sources)) await writeFile(join(folder, name), source);
  const built = await build({
    root: folder,
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2022', rolldownOptions: { input: join(folder, 'main.js') } },
  });
  if (!('output' in built)) throw new Error('Failed to build the app: Vite returned no output.');
  return built.output.filter((file) => file.type === 'chunk');
}
