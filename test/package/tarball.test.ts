/** The package as users download it. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { DOCUMENTS } from '../../.build/docs/documents.js';
import { whyStale } from '../../.build/fresh-build.js';

const { files, packedBytes, pageFolder } = inject('installed');
const installed = join(pageFolder, 'node_modules/upgrade-offer');
const read = (path: string) => readFileSync(join(installed, path), 'utf8');
const paths = Object.keys(files);

/**
 * Most of it is readable library code and source maps, which help you to debug a proxy at night. The stand-in, the demo,
 * the classic script and DOMPurify have no map. The demo's pages are a sixth of it.
 */
const PACKED_LIMIT_BYTES = 1_600_000;

/** A file that only re-exports has no source map. */
const REEXPORTS = /(import|export) ?\{[^}]*\}( ?from ?"[^"]+")?;?\s*/g;

describe('the tarball', () => {
  it('is packed without a change to the sources, so that the next command does not build again', () => {
    expect(whyStale('.')).toBeUndefined();
  });

  it('contains what is used, and nothing from the tests', () => {
    const kinds = [
      /^(package\.json|((widget|proxy|demo)\/)?README\.md|LICENSE|CHANGELOG\.md|\.env\.example)$/,
      /^proxy\/(Dockerfile|compose\.yaml|deploy\/[\w.-]+)$/,
      /^dist\/([\w.-]+\.(json|md|txt)|upgrade-offer\.js(\.map)?)$/,
      /^dist\/(widget|library)\/([\w.-]+\.js(\.map|\.br)?|licenses\.md)$/,
      /^dist\/(proxy|worker|sandbox|demo|node|frameworks)\/[\w-]+\.(js(\.map)?|d\.ts)$/,
      /^dist\/node\/libraries\/[\w@.-]+\.js$/,
      /^dist\/demo\/pages\//,
      /^dist\/types\/.*\.d\.ts$/,
    ];
    expect(paths.filter((path) => !kinds.some((kind) => kind.test(path)))).toEqual([]);
    expect(paths.filter((path) => /vitest|autocannon|playwright|bench/.test(path))).toEqual([]);
    for (const page of [...DOCUMENTS, 'LICENSE', 'CHANGELOG.md', '.env.example']) {
      expect([page, paths.includes(page)]).toEqual([page, existsSync(page)]);
    }
  });

  it('has every document in llms.txt, section by section, and its links lead somewhere', () => {
    const text = read('dist/llms.txt');
    const headings = (markdown: string) => markdown.replace(/^ *```[^]*?^ *```$/gm, '').match(/^#+ .*$/gm) ?? [];
    const sections = headings(text);
    for (const path of DOCUMENTS) {
      const [title = ''] = headings(read(path));
      expect(sections, path).toContain(title);
    }
    for (const section of [
      'Add it to your app',
      'Events',
      'I see nothing',
      'Settings',
      'Error codes',
      'In your own tests',
    ])
      expect(sections).toContain(`## ${section}`);
    expect(text).not.toMatch(/<!--|!\[/);
    const anchors = sections.map((heading) =>
      heading
        .replace(/^#+ /, '')
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.filter((anchor) => !anchors.includes(anchor ?? ''))).toEqual([]);
  });

  it('is small', () => {
    expect(packedBytes).toBeLessThan(PACKED_LIMIT_BYTES);
  });

  it('names what a server loads, so that it can be bundled again: wrangler refused the worker', () => {
    const servers = paths.filter((path) => /^dist\/(proxy|worker|sandbox|node)\/.*\.js$/.test(path));
    const loads = servers.flatMap((path) => read(path).match(/(?<![\w.])import\([^)]*/g) ?? []);
    expect(loads.filter((load) => !/^import\((\s*\/\*[^*]*\*\/)*\s*['"][\w./-]+['"]\s*$/.test(load))).toEqual([]);
  });

  it('has a licence and a source map for each script', () => {
    const scripts = paths.filter(
      (path) =>
        /^dist\/.*\.js$/.test(path) &&
        !/\/(libraries|library|pages|worker|demo|sandbox)\/|\/node\/(sandbox|handler)\.js$|rolldown-runtime|purifier|classic/.test(
          path,
        ),
    );
    const unmapped = scripts.filter((path) => !paths.includes(`${path}.map`));
    for (const path of unmapped) expect(read(path).replace(REEXPORTS, ''), path).toBe('');
    const licenses = read('dist/licenses.md') + read('dist/widget/licenses.md');
    const libraries = paths.flatMap((path) => /^dist\/node\/libraries\/(.+)\.js$/.exec(path)?.[1] ?? []);
    for (const library of [...libraries, 'lit', 'lit-html', 'dompurify']) {
      expect(licenses).toMatch(new RegExp(`^## ${library.replace(/^(@[^-]+)-/, '$1/')} - \\d`, 'm'));
    }
  });

  it("has the correct hash of each of the widget's scripts", () => {
    const integrity = JSON.parse(read('dist/integrity.json')) as Record<string, string>;
    const scripts = paths.flatMap((path) => /^dist\/widget\/(.+\.js)$/.exec(path)?.[1] ?? []);
    const hashes = scripts.map((name) => {
      const hash = createHash('sha384').update(readFileSync(join(installed, 'dist/widget', name)));
      return [name, `sha384-${hash.digest('base64')}`];
    });
    expect(scripts).toContain('upgrade-offer.classic.js');
    expect(integrity).toEqual(Object.fromEntries(hashes));
  });

  it('has a file behind every export', () => {
    const { exports, bin } = JSON.parse(read('package.json')) as Record<string, unknown>;
    const targets = JSON.stringify([exports, bin]).match(/(?<=")(\.\/)?dist\/[^"]+/g) ?? [];
    expect(targets.length).toBeGreaterThan(8);
    for (const target of targets) expect(existsSync(join(installed, target))).toBe(true);
  });

  it('contains nothing that looks like a Chargebee key, and no path of the machine that built it', () => {
    for (const path of paths) {
      const text = read(path);
      expect(/\b(live|test)_(?!sandbox)[A-Za-z0-9]{20,}/.exec(text)?.[0], path).toBeUndefined();
      expect(text.includes(process.cwd()), path).toBe(false);
    }
  });
});
