/** Writes `dist/integrity.json`: the value of the `integrity` attribute for each script of the widget. */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export async function writeIntegrity(folder: string, target: string): Promise<void> {
  const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js')).toSorted();
  const hashes = scripts.map(async (name) => {
    const hash = createHash('sha384').update(await readFile(join(folder, name)));
    return [name, `sha384-${hash.digest('base64')}`] as const;
  });
  await writeFile(target, `${JSON.stringify(Object.fromEntries(await Promise.all(hashes)), null, 2)}\n`);
}
