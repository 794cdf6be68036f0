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

export interface Installed {
  readonly tarball: string;
  /** The size in bytes of each file, by path. */
  readonly files: Readonly<Record<string, number>>;
  readonly packedBytes: number;
  readonly pageFolder: string;
  readonly proxyFolder: string;
}

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

declare module 'vitest' {
  export interface ProvidedContext {
    installed: Installed;
  }
}

const run = promisify(execFile);

export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-package-'));
  await run('npm', ['run', 'build:types']);
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]);
  // npm returns an array up to version 11, and an object by name since.
  const [packed] = Object.values(JSON.parse(stdout) as Record<string, Packed>);
  if (!packed) throw new Error('Failed to pack the package: npm named no tarball.');
  const tarball = join(folder, packed.filename);
  const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const ours = (name: string) => `${name}@${devDependencies[name]}`;
  const [pageFolder, proxyFolder] = await Promise.all([
    install(join(folder, 'page'), [tarball]),
    install(join(folder, 'proxy'), [tarball, ours('libsql'), ours('hono')]),
  ]);
  const files = Object.fromEntries(packed.files.map(({ path, size }) => [path, size]));
  provide('installed', { tarball, files, packedBytes: packed.size, pageFolder, proxyFolder });
  return () => rm(folder, { recursive: true });
}

async function install(folder: string, packages: readonly string[]): Promise<string> {
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...packages], { cwd: folder });
  return folder;
}
