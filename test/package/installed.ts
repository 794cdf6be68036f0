/**
 * The package as users get it: packed, and installed in two empty projects. The host of a page installs only the
 * package. The host of a proxy also installs the driver of its store, and the Hono that it mounts the proxy in.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { pack, type Packed } from './pack.js';

export interface Installed extends Packed {
  readonly pageFolder: string;
  readonly proxyFolder: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    installed: Installed;
  }
}

const run = promisify(execFile);

export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-package-'));
  const packed = await pack(folder);
  const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const ours = (name: string) => `${name}@${devDependencies[name]}`;
  const [pageFolder, proxyFolder] = await Promise.all([
    install(join(folder, 'page'), [packed.tarball]),
    install(join(folder, 'proxy'), [packed.tarball, ours('libsql'), ours('hono')]),
  ]);
  provide('installed', { ...packed, pageFolder, proxyFolder });
  return () => rm(folder, { recursive: true });
}

async function install(folder: string, packages: readonly string[]): Promise<string> {
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...packages], { cwd: folder });
  return folder;
}
