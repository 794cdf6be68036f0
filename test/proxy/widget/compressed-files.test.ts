/** What of a widget's file goes over the wire: 26.6 kB without an offer where 8.9 would do, and all of it again after 5 minutes. */
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProxy, startStack, type Stack } from '../../support/node-stack.js';
import { wire, type Wire } from '../../support/wire.js';

const BUILT = 'dist/widget';
const ENTRY = 'upgrade-offer.js';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ proxy: { widgetFolder: BUILT } });
});
afterAll(() => stack.close());

const get = (name: string, headers?: Record<string, string>, method?: string) =>
  wire(`${stack.proxyUrl}/${name}`, headers, method);

function decoded({ headers, body }: Wire): Buffer {
  if (headers['content-encoding'] === 'br') return brotliDecompressSync(body);
  return headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

describe('a file of the widget', () => {
  it.each([
    ['a browser over https', 'gzip, deflate, br, zstd', 'br'],
    ['a browser over http', 'gzip, deflate', 'gzip'],
    ['a client that takes anything', '*', 'br'],
    ['a client that does not take br', 'br;q=0, gzip;q=0.5', 'gzip'],
    ['a client that takes neither', 'zstd', undefined],
    ['a client that takes nothing but the file', 'identity', undefined],
    ['a client that says nothing', undefined, undefined],
  ])('goes to %s (%s) as %s', async (_, accepted, coding) => {
    const answer = await get(ENTRY, accepted ? { 'Accept-Encoding': accepted } : {});

    expect(answer.status).toBe(200);
    expect(answer.headers['content-encoding']).toBe(coding);
    expect(answer.headers['content-length']).toBe(String(answer.body.byteLength));
    expect(answer.headers['vary']).toBe('Accept-Encoding');
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
    // What it decodes to has the hash of `integrity.json`.
    const file = await readFile(join(BUILT, ENTRY));
    expect(decoded(answer).equals(file)).toBe(true);
    if (coding) expect(answer.body.byteLength).toBeLessThan(file.byteLength / 2);
  });

  it('has a smaller form in the package, each of them', async () => {
    const scripts = (await readdir(BUILT)).filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(20);
    for (const name of scripts) {
      const answer = await get(name, { 'Accept-Encoding': 'br' });
      expect([name, answer.headers['content-encoding']]).toEqual([name, 'br']);
      expect(decoded(answer).equals(await readFile(join(BUILT, name)))).toBe(true);
    }
  });

  it.each([['br'], ['gzip'], ['identity']])('is not sent again to a browser that has it, as %s', async (coding) => {
    const first = await get(ENTRY, { 'Accept-Encoding': coding });
    const etag = String(first.headers['etag']);

    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get(ENTRY, { 'Accept-Encoding': coding, 'If-None-Match': known });
      expect([again.status, again.body.byteLength]).toEqual([304, 0]);
      for (const name of ['etag', 'cache-control', 'vary', 'access-control-allow-origin'])
        expect([name, again.headers[name]]).toEqual([name, first.headers[name]]);
    }
    expect((await get(ENTRY, { 'Accept-Encoding': coding, 'If-None-Match': '"other"' })).status).toBe(200);
  });

  it('has a tag for each coding, because a cache keeps them side by side', async () => {
    const tags = await Promise.all(
      ['br', 'gzip', 'identity'].map(
        async (coding) => (await get(ENTRY, { 'Accept-Encoding': coding })).headers['etag'],
      ),
    );
    expect(new Set(tags).size).toBe(3);
    for (const tag of tags) expect(tag).toMatch(/^"[\w-]{22}"$/);
  });

  it.each([['br'], ['gzip'], ['identity']])('answers HEAD with the headers of GET, as %s', async (coding) => {
    const { headers } = await get(ENTRY, { 'Accept-Encoding': coding });
    const head = await get(ENTRY, { 'Accept-Encoding': coding }, 'HEAD');

    expect([head.status, head.body.byteLength]).toEqual([200, 0]);
    for (const name of ['content-length', 'content-encoding', 'content-type', 'etag', 'vary', 'cache-control'])
      expect([name, head.headers[name]]).toEqual([name, headers[name]]);
  });

  it('is not served under the name of its smaller form', async () => {
    expect((await get(`${ENTRY}.br`)).status).toBe(404);
  });

  it('of another version, kept in the store, is compressed too, and not sent twice', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'upgrade-offer-widget-'));
    const other = await startProxy(stack.environment, { widgetFolder: empty });
    const chunk = (await readdir(BUILT)).find((name) => /^acceptance-.*\.js$/.test(name)) ?? '';

    const answer = await wire(`${other.proxyUrl}/${chunk}`, { 'Accept-Encoding': 'gzip, br' });
    const again = await wire(`${other.proxyUrl}/${chunk}`, {
      'Accept-Encoding': 'gzip, br',
      'If-None-Match': String(answer.headers['etag']),
    });

    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(decoded(answer).equals(await readFile(join(BUILT, chunk)))).toBe(true);
    expect(again.status).toBe(304);
    await other.stop();
    await rm(empty, { recursive: true });
  });

  it('is served from a folder without smaller forms, such as one of a build of your own', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-widget-'));
    await cp(join(BUILT, ENTRY), join(folder, ENTRY));
    const other = await startProxy(stack.environment, { widgetFolder: folder });

    const answer = await wire(`${other.proxyUrl}/${ENTRY}`, { 'Accept-Encoding': 'br' });

    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.body.equals(await readFile(join(BUILT, ENTRY)))).toBe(true);
    await other.stop();
    await rm(folder, { recursive: true });
  });
});
