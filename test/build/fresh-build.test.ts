/** The commands of a clone start what has been built, and build it first when it is out of date. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';

const run = promisify(execFile);

const LONG_AGO = new Date('2026-01-01');

/** In place of Vite: builds a script that prints its arguments, or fails. */
const BUILD = `
  import { mkdirSync, writeFileSync } from 'node:fs';
  import { startBuild } from '../../../.build/fresh-build.js';
  if (process.env.BREAKS) process.exit(1);
  const markFresh = startBuild('.');
  mkdirSync('dist/proxy', { recursive: true });
  writeFileSync('dist/proxy/cli.js', 'console.log(JSON.stringify(process.argv.slice(2)))');
  markFresh();
`;

it('says that there is no build yet, builds, and hands the arguments on', async () => {
  const { start } = await clone();
  expect(await start('reconcile', '--dry-run')).toEqual({
    stderr: 'dist/ has no complete build: building...\n',
    stdout: '["reconcile","--dry-run"]\n',
  });
});

it('starts at once when no source is newer than the build', async () => {
  const { start } = await clone();
  await start();
  expect(await start('doctor')).toEqual({ stderr: '', stdout: '["doctor"]\n' });
});

it.each(['proxy/app.ts', 'test/measures/bench.ts', '.build/manifest.ts', 'vite.config.ts', 'package-lock.json'])(
  'builds again after a change of %s, and names it',
  async (source) => {
    const { start, path } = await clone();
    await start();
    const later = new Date(Date.now() + 60_000);
    await utimes(path(source), later, later);
    expect((await start()).stderr).toBe(`dist/ is older than ${source}: building...\n`);
  },
);

it('builds again after a source was removed', async () => {
  const { start, path } = await clone();
  await start();
  await unlink(path('proxy/app.ts'));
  expect((await start()).stderr).toBe('dist/ is older than proxy: building...\n');
});

it('does not build after a change of what nothing is built from', async () => {
  const { start, path } = await clone();
  await start();
  await writeFile(path('README.md'), 'other words');
  await writeFile(path('proxy/README.md'), 'other words');
  await writeFile(path('test/proxy.test.ts'), 'another test');
  expect((await start()).stderr).toBe('');
});

it('starts nothing when the build fails, and builds again the next time', async () => {
  const { start, path } = await clone();
  await start();
  const later = new Date(Date.now() + 60_000);
  await utimes(path('proxy/app.ts'), later, later);
  process.env['BREAKS'] = 'yes';
  onTestFinished(() => void delete process.env['BREAKS']);
  await expect(start()).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'dist/ is older than proxy/app.ts: building...\nFailed to build dist/: see the error above.\n',
  });
  delete process.env['BREAKS'];
  expect((await start()).stderr).toContain('building...');
});

/** A folder with the sources of a package in it, all of them old. */
async function clone() {
  const root = await mkdtemp(join(tmpdir(), 'upgrade-offer-clone-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const path = (name: string) => join(root, name);
  const write = async (name: string, text = '') => {
    await mkdir(dirname(path(name)), { recursive: true });
    await writeFile(path(name), text);
  };
  await cp('.build/fresh-build.js', path('.build/fresh-build.js'));
  await cp('.build/run.js', path('.build/run.js'));
  await write('package.json', '{"type":"module"}');
  await write('proxy/README.md');
  const sources = [
    'proxy/app.ts',
    'test/measures/bench.ts',
    '.build/manifest.ts',
    'vite.config.ts',
    'package-lock.json',
  ];
  for (const name of sources) await write(name);
  await write('node_modules/vite/bin/vite.js', BUILD);
  await write('node_modules/vite/package.json', '{"type":"module"}');
  const all = [...sources, '.build/fresh-build.js', '.build/run.js', 'package.json'];
  for (const name of [...all, 'proxy', 'test/measures', '.build']) await utimes(path(name), LONG_AGO, LONG_AGO);
  return {
    path,
    start: (...parameters: string[]) =>
      run(process.execPath, [path('.build/run.js'), 'proxy/cli.js', ...parameters], { cwd: root }),
  };
}
