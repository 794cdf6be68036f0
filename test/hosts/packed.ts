/** Packs the package once, for all hosts to install. */
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { pack } from '../package/pack.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Holds `upgrade-offer.tgz`, which the hosts' `package.json` name. The hosts are installed beside it. */
    hostsFolder: string;
  }
}

export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-hosts-'));
  const { tarball } = await pack(folder);
  await rename(tarball, join(folder, 'upgrade-offer.tgz'));
  provide('hostsFolder', folder);
  return () => rm(folder, { recursive: true });
}
