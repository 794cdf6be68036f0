/** What a page gets that has its script from another version of the proxy: of before a deployment, or in the middle of one. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../../proxy/config.js';
import { DAY_MS } from '../../../proxy/constants.js';
import { openStore } from '../../../proxy/store/open.js';
import { widgetFolder } from '../../../proxy/widget/widget-folder.js';
import { createWiring } from '../../../proxy/wiring.js';
import { startProxy, startStack, type Stack } from '../../support/node-stack.js';

const BUILT = 'dist/widget';

let aheadMs: number;
let before: string;
let after: string;
let stack: Stack;

const now = () => Date.now() + aheadMs;

beforeEach(async () => {
  aheadMs = 0;
  before = await versionOf('beforeAA');
  after = await versionOf('after_BB');
  stack = await startStack({ proxy: { widgetFolder: before } });
});
afterEach(() => stack.close());

/** A widget of two chunks, one of which only the other one asks for. */
async function versionOf(hash: string): Promise<string> {
  const folder = await newFolder();
  await writeFile(join(folder, 'upgrade-offer.js'), `import("./acceptance-${hash}.js");import("./de.js")`);
  await writeFile(
    join(folder, `acceptance-${hash}.js`),
    `import{a}from"./upgrade-offer.js";import('./checkout-${hash}.js')`,
  );
  await writeFile(join(folder, `acceptance-${hash}.js.map`), '{}');
  await writeFile(join(folder, `checkout-${hash}.js`), `// ${hash}`);
  await writeFile(join(folder, 'de.js'), `export const de = "${hash}"`);
  return folder;
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-widget-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function deployed(folder: string) {
  const proxy = await startProxy(stack.environment, { widgetFolder: folder });
  onTestFinished(() => proxy.stop());
  return proxy;
}

const get = (proxy: { proxyUrl: string }, name: string) => fetch(`${proxy.proxyUrl}/${name}`);
const status = async (proxy: { proxyUrl: string }, name: string) => (await get(proxy, name)).status;

/** The hourly work of a proxy that serves `folder`. */
async function anHourlyLook(folder: string): Promise<void> {
  const store = await openStore(stack.environment['DATABASE_URL'] ?? '');
  const log = { info() {}, warn() {}, error() {} };
  const config = readConfig(stack.environment);
  await createWiring({ config, store, fetch, now, log, readWidget: widgetFolder(folder) }).retention.removeOld();
  await store.destroy();
}

describe('a page that was open before a deployment', () => {
  it('gets the chunks of its version, as they were: "Unlock now" did not go through, for ever', async () => {
    const asServed = await get(stack, 'acceptance-beforeAA.js');
    await stack.stopProxy();
    const proxy = await deployed(after);

    const kept = await get(proxy, 'acceptance-beforeAA.js');

    expect(kept.status).toBe(200);
    expect(await kept.text()).toBe(await asServed.text());
    for (const name of ['content-type', 'cache-control', 'access-control-allow-origin']) {
      expect(kept.headers.get(name), name).toBe(asServed.headers.get(name));
    }
    expect(kept.headers.get('cache-control')).toContain('immutable');
    expect(await status(proxy, 'checkout-beforeAA.js')).toBe(200);
  });

  it('gets them from the real build: each file with a hash in its name', async () => {
    await deployed(BUILT);
    const empty = await deployed(await newFolder());

    const hashed = (await readdir(BUILT)).filter((name) => /-[\w-]{8}\.js$/.test(name));

    expect(hashed).toContainEqual(expect.stringMatching(/^acceptance-/));
    for (const name of hashed) {
      expect(await (await get(empty, name)).text(), name).toBe(await readFile(join(BUILT, name), 'utf8'));
    }
  });

  it('gets them for a week after its version last ran, however long that had run', async () => {
    aheadMs = 30 * DAY_MS;
    await anHourlyLook(before);
    await stack.stopProxy();
    const proxy = await deployed(after);

    aheadMs += 6.9 * DAY_MS;
    await anHourlyLook(after);
    expect(await status(proxy, 'acceptance-beforeAA.js')).toBe(200);

    aheadMs += 0.2 * DAY_MS;
    await anHourlyLook(after);
    expect(await status(proxy, 'acceptance-beforeAA.js')).toBe(404);
  });
});

it('two versions behind one address each serve the chunks of the other: of 20 first visits, 12 went wrong', async () => {
  const newer = await deployed(after);

  expect(await status(stack, 'acceptance-after_BB.js')).toBe(200);
  expect(await status(stack, 'checkout-after_BB.js')).toBe(200);
  expect(await status(newer, 'acceptance-beforeAA.js')).toBe(200);
});

describe('another version', () => {
  it.each([
    ['its own script', 'upgrade-offer.js', 'after_BB'],
    ['its own languages', 'de.js', 'after_BB'],
  ])('serves %s', async (_, name, hash) => {
    expect(await (await get(await deployed(after), name)).text()).toContain(hash);
  });

  it.each([
    ['a chunk that no version had', 'acceptance-neverAAA.js'],
    ['a source map', 'acceptance-beforeAA.js.map'],
    ['a file without a hash', 'removed.js'],
  ])('has not %s', async (_, name) => {
    await writeFile(join(before, 'removed.js'), '');
    expect(await status(await deployed(after), name)).toBe(404);
  });
});

it('a store that keeps nothing does not stop the proxy from serving its own version', async () => {
  const copy = await newFolder();
  await cp(before, copy, { recursive: true });
  const warned: string[] = [];
  const log = { info() {}, warn: (_: object, message: string) => warned.push(message), error() {} };
  const store = await openStore(stack.environment['DATABASE_URL'] ?? '');
  await store.schema.dropTable('widgetFiles').execute();

  const wiring = createWiring({
    config: readConfig(stack.environment),
    store,
    fetch,
    now,
    log,
    readWidget: widgetFolder(copy),
  });
  await wiring.widgetFiles.keep();

  expect(warned).toEqual([expect.stringContaining('Failed to keep the chunks')]);
  const { body } = (await wiring.widgetFiles.find('acceptance-beforeAA.js')) ?? {};
  expect(new TextDecoder().decode(body)).toContain('upgrade-offer.js');
  await store.destroy();
});
