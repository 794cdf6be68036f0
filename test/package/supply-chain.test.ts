/** What a host installs with the package, under which licences. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
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

/** The fields that we write, by https://cyclonedx.org/docs/1.6/json/. Strict: a field that is not there would be ours alone. */
const OurComponent = {
  type: v.literal('library'),
  'bom-ref': v.string(),
  name: v.string(),
  version: v.string(),
  purl: v.string(),
};
const License = v.union([
  v.strictObject({ license: v.strictObject({ id: v.string() }) }),
  v.strictObject({ expression: v.string() }),
]);
const CycloneDx = v.strictObject({
  $schema: v.literal('http://cyclonedx.org/schema/bom-1.6.schema.json'),
  bomFormat: v.literal('CycloneDX'),
  specVersion: v.literal('1.6'),
  version: v.literal(1),
  metadata: v.strictObject({ component: v.strictObject(OurComponent) }),
  components: v.array(
    v.strictObject({
      ...OurComponent,
      licenses: v.tuple([License]),
      hashes: v.tuple([
        v.strictObject({ alg: v.literal('SHA-512'), content: v.pipe(v.string(), v.regex(/^[\da-f]{128}$/)) }),
      ]),
    }),
  ),
  dependencies: v.array(v.strictObject({ ref: v.string(), dependsOn: v.array(v.string()) })),
});

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

it('the SBOM lists every library whose code is in the package, as CycloneDX, with the hash that the lock file has', () => {
  const sbom = v.parse(
    CycloneDx,
    JSON.parse(readFileSync(join(pageFolder, 'node_modules/upgrade-offer/dist/sbom.cdx.json'), 'utf8')),
  );
  expect(sbom.metadata.component).toMatchObject({ name: manifest.name, version: manifest.version });
  expect(sbom.components.map(({ name }) => name).toSorted()).toEqual(bundled().toSorted());
  for (const { name, version, purl, hashes } of sbom.components) {
    const locked = Object.entries(packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
    const integrity = `sha512-${Buffer.from(hashes[0]?.content ?? '', 'hex').toString('base64')}`;
    expect(locked.map(([, entry]) => [entry.version, entry.integrity])).toContainEqual([version, integrity]);
    expect(decodeURIComponent(purl)).toBe(`pkg:npm/${name}@${version}`);
  }
  const refs = [sbom.metadata.component, ...sbom.components].map((component) => component['bom-ref']);
  expect(new Set(refs).size).toBe(refs.length);
  expect(sbom.dependencies).toEqual([{ ref: refs[0], dependsOn: refs.slice(1) }]);
});

it('a CDN that is asked for the package alone serves the script of the element', () => {
  for (const path of [manifest.unpkg, manifest.jsdelivr]) {
    expect(readFileSync(join(pageFolder, 'node_modules/upgrade-offer', path), 'utf8')).toContain('customElements');
  }
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
