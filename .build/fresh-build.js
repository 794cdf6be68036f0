// @ts-check
/**
 * Is `dist/` newer than its sources? Plain JavaScript, because it runs before anything has been built and Node 20 cannot run
 * TypeScript.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the JavaScript of `dist/` is built from. */
const SOURCES = [
  'widget',
  'proxy',
  'demo',
  'test/measures',
  'test/support/chromium.ts',
  '.build',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];

/** The documents in these folders are left out on purpose: only `dist/llms.txt` is made from them. */
const DOCUMENT = 'README.md';

/** A production build writes it last. Its modification time is when that build started. */
const STAMP = 'dist/.built';

/**
 * @param {string} root the folder of the package.
 * @returns {string | undefined} a sentence that says why `dist/` has to be built; undefined when it is up to date.
 */
export function whyStale(root) {
  const builtAt = modifiedAt(join(root, STAMP));
  if (builtAt === undefined) return 'dist/ has no complete build';
  // A folder changes too when a file in it is added, renamed or removed.
  const newer = SOURCES.flatMap((path) => withContents(root, path)).find(
    (path) => (modifiedAt(join(root, path)) ?? 0) > builtAt,
  );
  return newer && `dist/ is older than ${newer}`;
}

/**
 * Builds `dist/` when it is out of date, and says so in one line on stderr, so that stdout stays the command's.
 * @param {string} root the folder of the package.
 * @throws when the build fails.
 */
export function buildIfStale(root) {
  const reason = whyStale(root);
  if (!reason) return;
  console.error(`${reason}: building...`);
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--app', '--logLevel', 'warn'], {
    cwd: root,
    // Vitest sets it to "test", and the widget would be built with Lit's development version.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', process.stderr, process.stderr],
  });
  if (status !== 0) throw new Error('Failed to build dist/: see the error above.');
}

/**
 * Call it before a build writes anything. A build that fails leaves no stamp.
 * @param {string} root the folder of the package.
 * @returns {() => void} to be called when everything has been written.
 */
export function startBuild(root) {
  const stamp = join(root, STAMP);
  const startedAt = new Date();
  rmSync(stamp, { force: true });
  return () => {
    writeFileSync(stamp, '');
    // A source that was saved during the build is newer than the build.
    utimesSync(stamp, startedAt, startedAt);
  };
}

/**
 * @param {string} root the folder of the package.
 * @param {string} path relative to it.
 * @returns {string[]} the path, and everything below it.
 */
function withContents(root, path) {
  const entry = statSync(join(root, path), { throwIfNoEntry: false });
  if (!entry?.isDirectory()) return [path];
  return [
    path,
    ...readdirSync(join(root, path), { encoding: 'utf8', recursive: true })
      .filter((name) => name !== DOCUMENT)
      .map((name) => join(path, name)),
  ];
}

/**
 * @param {string} path
 * @returns {number | undefined} in milliseconds.
 */
function modifiedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
