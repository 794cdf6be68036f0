/** Builds all environments in order, then writes the files that are derived from the result. */
import { rm } from 'node:fs/promises';
import type { ViteBuilder } from 'vite';
import { writeCompressed } from './compressed.js';
import { startBuild } from './fresh-build.js';
import { writeIntegrity } from './integrity.js';
import { writeLlms } from './llms.js';
import { writeManifest } from './manifest/write-manifest.js';
import { writeSbom } from './sbom.js';

/** @param here makes a path of the package absolute. */
export async function buildApp(builder: ViteBuilder, here: (path: string) => string): Promise<void> {
  const markFresh = startBuild(here('.'));
  // The Node build shares dist/ with the others and cannot empty it: chunks of an older build would be packed.
  await rm(here('dist/node'), { recursive: true, force: true });
  const environments = Object.values(builder.environments);
  const build = (some: typeof environments) => Promise.all(some.map((environment) => builder.build(environment)));
  const empties = ({ config }: (typeof environments)[number]) => config.build.emptyOutDir === true;
  await build(environments.filter((environment) => empties(environment)));
  // These share a folder with one of the others, which has emptied it.
  await build(environments.filter((environment) => !empties(environment)));
  await writeCompressed(here('dist/widget'));
  await writeIntegrity(here('dist/widget'), here('dist/integrity.json'));
  await writeManifest(here('.'));
  await writeLlms(here('.'));
  await writeSbom(here('.'));
  if (builder.config.isProduction) markFresh();
}
