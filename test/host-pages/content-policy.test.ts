/** The widget under the strictest Content-Security-Policy, alone and beside the host's own copies of its libraries. */
import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCustomer } from '../support/customer.js';
import { packageFile, startHost, type Host } from './host-page.js';

const STRICT =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";
const ALONE = { 'Content-Security-Policy': `${STRICT}; trusted-types upgrade-offer` };
const BESIDE_HOST = { 'Content-Security-Policy': `${STRICT}; trusted-types upgrade-offer lit-html dompurify` };

const LAYOUTS = ['inline', 'banner', 'modal'];
const OWN_LIBRARIES = `
  import { html, render } from '/lit-html.js';
  import purifier from '/dompurify.js';
  render(html\`<p id="drawn">Drawn by the host's Lit</p>\`, document.body.appendChild(document.createElement('div')));
  const clean = purifier.sanitize('<b>Cleaned by the host</b><script>1</script>', { RETURN_TRUSTED_TYPE: true });
  document.body.appendChild(document.createElement('p')).innerHTML = clean;
`;

let host: Host;

beforeAll(async () => {
  host = await startHost();
});

afterAll(() => host.close());

describe.each([
  ["with the browser's sanitizer", () => {}],
  ['with DOMPurify', () => Reflect.deleteProperty(Element.prototype, 'setHTML')],
])('a strict policy, %s', (_, before) => {
  it.each(LAYOUTS)('shows an offer as %s, which can be accepted and fulfilled', async (layout) => {
    const { page, complaints } = await host.open({ before, headers: ALONE, body: await storageOffer(layout) });
    await page.getByRole('heading', { name: 'Running out of storage?' }).waitFor();
    await page.getByRole('button', { name: 'Add 100 GB storage' }).click();
    await page.getByText('Your upgrade is ready to use.').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => page.getByRole('heading').count()).toBe(0);
    expect(await complaints()).toEqual([]);
  });

  it.each(LAYOUTS)("works as %s beside the host's own Lit and DOMPurify", async (layout) => {
    const { page, complaints } = await host.open({
      before,
      headers: BESIDE_HOST,
      head: '<script type="module" src="/host.js"></script><script type="module" src="/upgrade-offer/upgrade-offer.js"></script>',
      scripts: {
        '/host.js': OWN_LIBRARIES,
        '/lit-html.js': await packageFile('lit-html/lit-html.js'),
        '/dompurify.js': await packageFile('dompurify/dist/purify.es.mjs'),
      },
      body: await storageOffer(layout),
    });
    await page.getByText('Cleaned by the host').waitFor();
    await page.getByText("Drawn by the host's Lit").waitFor();
    await page.getByRole('button', { name: 'Add 100 GB storage' }).click();
    await page.getByText('Your upgrade is ready to use.').waitFor();
    expect(await complaints()).toEqual([]);
  });
});

it("creates only its own Trusted Types policy in the built scripts, and not Lit's", async () => {
  const folder = new URL('../../dist/widget/', import.meta.url);
  const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  const asked: string[] = [];
  for (const name of scripts) {
    const script = await readFile(new URL(name, folder), 'utf8');
    asked.push(...Array.from(script.matchAll(/createPolicy\(([^,]+),/g), ([, policy = '']) => policy));
    expect(script, name).not.toMatch(/["'`]lit-html["'`]/);
  }
  // The other call is DOMPurify's own, with a variable as the name. It runs only when DOMPurify is given no policy.
  expect(new Set(asked.filter((policy) => !/^\w$/.test(policy)))).toEqual(new Set(['`upgrade-offer`']));
});

async function storageOffer(layout: string): Promise<string> {
  const { token } = await newCustomer('ordinary', { secret: host.stack.identitySecret });
  return `<upgrade-offer layout="${layout}" token="${token}" context='{"storage_used_percent": 85}'></upgrade-offer>`;
}
