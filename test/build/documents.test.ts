/** The documents lead to what exists, name what exists, and can be read without a renderer. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DOCUMENTS } from '../../.build/docs/documents.js';
import { fencesOf } from '../package/fence.js';

const README = readFileSync('README.md', 'utf8');
const README_MAX_BYTES = 16_000;
const LINE_MAX_CHARACTERS = 125;

const FENCES = DOCUMENTS.flatMap((path) => fencesOf(readFileSync(path, 'utf8'), path));
const DRAWINGS = FENCES.filter(({ language }) => language === '');
const HOSTED = FENCES.flatMap(({ words, code }) => {
  const [, file] = /(?:^| )host=(\S+)/.exec(words.join(' ')) ?? [];
  return file ? [{ file, code }] : [];
});

/** The tree has each folder of these, however deep. Of the others it has only those at the top. */
const IN_FULL = ['widget', 'proxy'];
const TO_ONE_LEVEL = ['demo', 'test', '.build'];

/** A name is a folder when it ends in a slash: what follows the first gap of two spaces is a remark. */
const TREE_LINE = /^( *)(\S+\/(?: \S+\/)*)(?: {2}|$)/;
const INDENT = '  ';

/** A path from the root of the repository. */
const PATH = /(?<![\w./@-])(?:widget|proxy|demo|test|\.build|\.ci)(?:\/[\w-]+(?:\.[\w-]+)*)+/g;

/** `npm run docs` writes it before a picture when the repository is known. */
const ON_GITHUB = /https:\/\/raw\.githubusercontent\.com\/[\w-]+\/[\w.-]+\/HEAD\//g;

const LINK = /\]\(([^)\s]+)\)/g;

describe.each(DOCUMENTS)('%s', (path) => {
  const text = readFileSync(path, 'utf8');
  const prose = withoutFences(text).replace(ON_GITHUB, '');

  it('leads to files and headings that exist', () => {
    const links = [...prose.matchAll(LINK)].flatMap(([, target = '']) => (/^\w+:/.test(target) ? [] : [target]));
    expect(links.filter((target) => !leadsSomewhere(target, path))).toEqual([]);
  });

  it('names each of its sections at its top', () => {
    const [top = '', ...sections] = prose.split(/^## /m);
    const named = [...top.matchAll(LINK)].map(([, target]) => target);
    const anchors = sections.map((section) => `#${anchorOf(section.split('\n', 1)[0] ?? '')}`);
    expect(anchors.filter((anchor) => !named.includes(anchor))).toEqual([]);
  });

  it('has no table that is padded, and no line of words that is too long', () => {
    const lines = prose.split('\n');
    expect(lines.filter((line) => line.startsWith('|') && / {3,}\||-{4,}/.test(line))).toEqual([]);
    const words = lines.filter((line) => !line.startsWith('|') && !line.includes(']('));
    expect(words.filter((line) => line.length > LINE_MAX_CHARACTERS)).toEqual([]);
  });
});

it.each(HOSTED)('the code for $file is what its host in test/hosts has', ({ file, code }) => {
  expect(readFileSync(join('test/hosts', file), 'utf8')).toContain(code.trim());
});

it('the steps in Chargebee name the fields as the proxy sends them', () => {
  const text = readFileSync('proxy/README.md', 'utf8');
  const [, table = ''] = /<!-- table: mapping -->([^]*?)<!-- end -->/.exec(text) ?? [];
  const sent: readonly string[] = table.match(/custom\.\w+/g) ?? [];
  const named = text.replace(table, '').match(/`custom\.\w+`/g) ?? [];
  expect(named).not.toEqual([]);
  expect(named.filter((name) => !sent.includes(name.slice(1, -1)))).toEqual([]);
});

it('the sentences to look up are those that the element and the proxy say', () => {
  const [, section = ''] = /^## I see nothing$([^]*?)^## /m.exec(readFileSync('widget/README.md', 'utf8')) ?? [];
  const said = section
    .split('\n')
    .flatMap((row) => row.split(' | ')[1]?.match(/"[^"]+"/g) ?? [])
    .flatMap((quoted) => quoted.slice(1, -1).split('...'))
    .map((part) => part.trim())
    .filter(Boolean);
  const source = textsOf('widget') + textsOf('proxy');
  expect(said.length).toBeGreaterThan(10);
  expect(said.filter((part) => !source.includes(part))).toEqual([]);
});

it('the README can be read in a few minutes', () => {
  expect(Buffer.byteLength(README)).toBeLessThan(README_MAX_BYTES);
});

it('the tree in the README has every folder, and no other', () => {
  const real = [
    ...IN_FULL.flatMap((root) => foldersOf(root)),
    ...TO_ONE_LEVEL.flatMap((root) => foldersOf(root).filter((folder) => folder.split('/').length <= 2)),
  ];
  expect(treeFolders().toSorted()).toEqual(real.toSorted());
});

it.each([...DOCUMENTS, 'CHANGELOG.md', '.env.example'])('every path that %s names exists', (file) => {
  const paths = readFileSync(file, 'utf8').match(PATH) ?? [];
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});

it('every file that a drawing names exists', () => {
  const drawn = DRAWINGS.flatMap(({ code }) => code.match(/[\w-]+\.ts\b/g) ?? []);
  const names = new Set([...IN_FULL, ...TO_ONE_LEVEL].flatMap((root) => filesOf(root)).map((path) => basename(path)));
  expect(drawn).not.toEqual([]);
  expect(drawn.filter((name) => !names.has(name))).toEqual([]);
});

/** @param from the document that has the link. */
function leadsSomewhere(target: string, from: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file ? join(dirname(from), file) : from;
  if (!existsSync(path)) return false;
  return anchor === undefined || (statSync(path).isFile() && anchorsOf(readFileSync(path, 'utf8')).includes(anchor));
}

function anchorsOf(markdown: string): string[] {
  return [...withoutFences(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

/** As GitHub makes it of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');
}

function withoutFences(markdown: string): string {
  return markdown.replace(/^ *```[^]*?^ *```$/gm, '');
}

/** @returns the path of each folder in the tree. */
function treeFolders(): string[] {
  const tree = DRAWINGS.find(({ code }) => code.startsWith('widget/'));
  if (!tree) throw new Error('Failed to find the tree in README.md: no fence begins with widget/.');
  const folders: string[] = [];
  const parents: string[] = [];
  for (const line of tree.code.trimEnd().split('\n')) {
    const [, indent = '', names] = TREE_LINE.exec(line) ?? [];
    if (!names) throw new Error(`Failed to read the tree in README.md: "${line}" names no folder.`);
    parents.length = indent.length / INDENT.length;
    const paths = names.split(' ').map((name) => [...parents, name.slice(0, -1)].join('/'));
    folders.push(...paths);
    parents.push(names.slice(0, -1));
  }
  return folders;
}

/** The source, with the texts whole that it adds up from several lines. */
function textsOf(root: string): string {
  return filesOf(root)
    .filter((path) => path.endsWith('.ts'))
    .map((path) =>
      readFileSync(path, 'utf8')
        .replace(/['`] \+\s+['`]/g, '')
        .replaceAll('\\', ''),
    )
    .join('\n');
}

/** @returns the root and each folder below it that has a file somewhere in it. Git knows no other folders. */
function foldersOf(root: string): string[] {
  const folders = new Set<string>();
  for (const file of filesOf(root)) {
    for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  }
  return [...folders];
}

function filesOf(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`);
}
