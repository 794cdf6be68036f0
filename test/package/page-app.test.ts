/** An app that bundles the package, with Vite, and does nothing but what its types allow. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { newCustomer } from '../support/customer.js';
import { startHost, type Host } from '../widget-pages/host-page.js';

const { pageFolder } = inject('installed');

/** `proxy` is set, since the script of an app that bundles it comes from the app. */
const MAIN = `
  import { gate, UpgradeOffer } from 'upgrade-offer';

  const nameless = customElements.get('upgrade-offer');
  await import('upgrade-offer/define');
  const { UpgradeOffer: defined } = await import('upgrade-offer/define');
  document.title = [nameless, customElements.get('upgrade-offer') === UpgradeOffer, defined === UpgradeOffer].join();
  document.querySelector('button').addEventListener('click', () => gate('advanced-analytics', () => {}));
`;

let host: Host;
let scripts: Record<string, string>;
let entry: string;

beforeAll(async () => {
  host = await startHost();
  await writeFile(join(pageFolder, 'main.js'), MAIN);
  const built = await build({
    root: pageFolder,
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2022', rolldownOptions: { input: join(pageFolder, 'main.js') } },
  });
  if (!('output' in built)) throw new Error('Failed to build the app: Vite returned no output.');
  const chunks = built.output.filter((file) => file.type === 'chunk');
  scripts = Object.fromEntries(chunks.map(({ fileName, code }) => [`/${fileName}`, code]));
  entry = chunks.find(({ isEntry, name }) => isEntry && name === 'main')?.fileName ?? '';
});

afterAll(() => host.close());

it('names the element when it imports upgrade-offer/define, not before, and has one class of it', async () => {
  const { page, complaints } = await open();
  await page.waitForFunction(() => document.title);
  expect(await page.title()).toBe(',true,true');
  await page.getByRole('button', { name: 'Add 100 GB storage' }).waitFor();
  expect(await complaints()).toEqual([]);
});

it('gates a feature', async () => {
  const { page } = await open();
  await page.waitForFunction(() => document.title);
  await page.getByRole('button', { name: 'Analytics' }).click();
  await page.getByRole('dialog', { name: 'Unlock Advanced Analytics' }).waitFor();
});

async function open() {
  const { token } = await newCustomer('ordinary', { secret: host.stack.identitySecret });
  const offer = `<upgrade-offer layout="banner" proxy="/upgrade-offer" token="${token}" context='{"storage_used_percent": 85}'></upgrade-offer>`;
  const head = `<title></title><script type="module" src="/${entry}"></script>`;
  return host.open({ head, body: `<button>Analytics</button>${offer}`, scripts });
}
