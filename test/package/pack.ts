/** Packs the package as `npm publish` would, with its types. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Packed {
  readonly tarball: string;
  /** The size in bytes of each file, by path. */
  readonly files: Readonly<Record<string, number>>;
  readonly packedBytes: number;
}

/** What `npm pack --json` prints. */
interface Report {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

const run = promisify(execFile);

/** @param folder gets the tarball. */
export async function pack(folder: string): Promise<Packed> {
  await run('npm', ['run', 'build:types']);
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]);
  // npm returns an array up to version 11, and an object by name since.
  const [report] = Object.values(JSON.parse(stdout) as Record<string, Report>);
  if (!report) throw new Error('Failed to pack the package: npm named no tarball.');
  const files = Object.fromEntries(report.files.map(({ path, size }) => [path, size]));
  return { tarball: join(folder, report.filename), files, packedBytes: report.size };
}
