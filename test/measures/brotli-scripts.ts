/** Serves the scripts of a folder as a CDN does: compressed ahead with brotli's highest level. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';

const compress = promisify(brotliCompress);

export const BROTLI_HEADERS = { 'Content-Type': 'text/javascript; charset=utf-8', 'Content-Encoding': 'br' };

/** @returns a function that reads a script by its name. It rejects when there is no such script. */
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
