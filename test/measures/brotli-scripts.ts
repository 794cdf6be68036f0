/** The scripts of a folder as a CDN serves them: compressed once and as far as it goes, since a network is what they cost. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';

const compress = promisify(brotliCompress);

export const BROTLI_HEADERS = { 'Content-Type': 'text/javascript; charset=utf-8', 'Content-Encoding': 'br' };

/** @returns a function that reads a script by its name and rejects where there is none. */
export function brotliScripts(folder: string) {
  const compressed = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

  async function read(name: string): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await compress(await readFile(join(folder, basename(name)))));
  }

  return function brotliScript(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const script = compressed.get(name) ?? read(name);
    compressed.set(name, script);
    return script;
  };
}
