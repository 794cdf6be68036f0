/** What a host installs with the package, under which licences. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly license?: string;
}

const { pageFolder } = inject('installed');
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
const lockedAt = (path: string): Locked => packages[path] ?? {};

const LICENSES = ['MIT', 'BSD-3-Clause', 'Apache-2.0', 'ISC', '(MPL-2.0 OR Apache-2.0)'];

/** Known findings that do no harm, by package name, with the reason. */
const ANSWERED: Readonly<Record<string, string>> = {};

it("a page's host installs this package and no other", () => {
  const names = readdirSync(join(pageFolder, 'node_modules')).filter((name) => !name.startsWith('.'));
  expect(names).toEqual(['upgrade-offer']);
  expect(manifest).not.toHaveProperty('dependencies');
});

it('every dependency is pinned, by its version in package.json and its hash in the lock file', () => {
  for (const version of Object.values(manifest.devDependencies))
    expect(version).toMatch(/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+$/);
  for (const [path, { integrity }] of Object.entries(packages)) {
    if (path !== '') expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-/)]);
  }
});

it('neither the dependencies of the package nor the drivers of a store run a script on install', () => {
  const shipped = reach([...bundled(), 'libsql', 'pg']);
  expect(shipped).toContain('node_modules/@libsql/linux-x64-gnu');
  expect(shipped.filter((path) => lockedAt(path).hasInstallScript)).toEqual([]);
});

it('the licences of everything in the package allow redistribution', () => {
  const others = reach([...bundled(), 'libsql', 'pg']).filter((path) => {
    // Chargebee's SDK states its licence, MIT, only in a file.
    const license = lockedAt(path).license ?? (path === 'node_modules/chargebee' ? 'MIT' : undefined);
    return !license || !LICENSES.includes(license);
  });
  expect(others).toEqual([]);
  expect(readFileSync('node_modules/chargebee/LICENSE', 'utf8')).toMatch(/^(The )?MIT License|Permission is hereby/m);
});

it('npm knows no vulnerability in any of them', async ({ skip }) => {
  const report = await audit();
  if (!report.vulnerabilities) return skip('This registry does not answer `npm audit`.');
  expect(Object.keys(report.vulnerabilities).filter((name) => !(name in ANSWERED))).toEqual([]);
});

/** The libraries whose code is in the package, as listed by the build. */
function bundled(): string[] {
  const lists = ['dist/licenses.md', 'dist/widget/licenses.md'].map((path) => readFileSync(path, 'utf8'));
  return lists.flatMap((list) => [...list.matchAll(/^## (\S+) - \d/gm)].flatMap(([, name]) => name ?? []));
}

/** @returns the lock file's entries for these packages and all their dependencies. */
function reach(names: readonly string[], seen = new Set<string>()): string[] {
  for (const name of names) {
    const path = `node_modules/${name}`;
    if (seen.has(path) || !(path in packages)) continue;
    seen.add(path);
    const { dependencies = {}, optionalDependencies = {} } = lockedAt(path);
    reach(Object.keys({ ...dependencies, ...optionalDependencies }), seen);
  }
  return [...seen];
}

/** `npm audit` exits with an error when it finds something, but still prints its report. */
function audit(): Promise<{ vulnerabilities?: Record<string, unknown> }> {
  return new Promise((resolve) => {
    execFile('npm', ['audit', '--json'], { maxBuffer: 2 ** 26 }, (_error, stdout) =>
      resolve(stdout ? JSON.parse(stdout) : {}),
    );
  });
}
