import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

it('a server that renders pages can import the package, which has no effect there', async () => {
  const before = Object.keys(globalThis);
  const address = pathToFileURL('dist/library/define.js').href;

  const { UpgradeOffer, configure } = (await import(/* @vite-ignore */ address)) as {
    UpgradeOffer: { name: string };
    configure: (defaults: object) => void;
  };

  expect(typeof UpgradeOffer).toBe('function');
  configure({ proxy: '/upgrade-offer', token: "a customer's" });
  // Lit adds its version lists and metadata to the globals, as it does on every page.
  const added = Object.keys(globalThis).filter((name) => !before.includes(name));
  expect(added.filter((name) => !/^(lit|reactive)/.test(name))).toEqual([]);
  expect('HTMLElement' in globalThis).toBe(false);
});
