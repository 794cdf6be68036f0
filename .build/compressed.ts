/**
 * Writes a `.br` beside each script of the widget, which the proxy serves. Most browsers take it, and a CDN makes its own
 * `.gz`: those of all scripts would be a twentieth of the package.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';

/** At its best quality, which is the default. */
const compress = promisify(brotliCompress);

export async function writeCompressed(folder: string): Promise<void> {
  const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  await Promise.all(
    scripts.map(async (name) =>
      writeFile(join(folder, `${name}.br`), await compress(await readFile(join(folder, name)))),
    ),
  );
}
