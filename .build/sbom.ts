/** Writes `dist/sbom.cdx.json`: the libraries whose code is in the package, for scanners that look inside (CycloneDX 1.6). */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
}

const LISTS = ['dist/licenses.md', 'dist/widget/licenses.md'];

/** Without a time or a serial number, so that two builds of one source are the same. @param root the folder of the package. */
export async function writeSbom(root: string): Promise<void> {
  const read = (path: string) => readFile(join(root, path), 'utf8');
  const { name, version } = JSON.parse(await read('package.json')) as { name: string; version: string };
  const { packages } = JSON.parse(await read('package-lock.json')) as { packages: Record<string, Locked> };
  const lists = await Promise.all(LISTS.map(read));
  const headings = lists.flatMap((list) => [...list.matchAll(/^## (\S+) - (\d\S*)(?: \((.+)\))?$/gm)]);
  const components = headings.map(([, library = '', of = '', license]) => {
    const path = Object.keys(packages).find(
      (each) => each.endsWith(`node_modules/${library}`) && packages[each]?.version === of,
    );
    const integrity = packages[path ?? '']?.integrity;
    if (!integrity) throw new Error(`Failed to write the SBOM: the lock file has no ${library} ${of}.`);
    return {
      type: 'library',
      'bom-ref': `${library}@${of}`,
      name: library,
      version: of,
      purl: purl(library, of),
      // Chargebee's SDK states its licence, MIT, only in a file.
      licenses: [license?.includes(' OR ') ? { expression: license } : { license: { id: license ?? 'MIT' } }],
      hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex') }],
    };
  });
  const own = `${name}@${version}`;
  const sbom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'library', 'bom-ref': own, name, version, purl: purl(name, version) } },
    components,
    dependencies: [{ ref: own, dependsOn: components.map((component) => component['bom-ref']) }],
  };
  await writeFile(join(root, 'dist/sbom.cdx.json'), `${JSON.stringify(sbom, null, 2)}\n`);
}

/** https://github.com/package-url/purl-spec: the @ of a scope is encoded. */
function purl(name: string, version: string): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}
