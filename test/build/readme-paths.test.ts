/** The README names the folders and files of the repository as they are. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { expect, it } from 'vitest';
import { fencesOf } from '../package/fence.js';

const README = readFileSync('README.md', 'utf8');
const DRAWINGS = fencesOf(README).filter(({ language }) => language === '');

/** The tree has each folder of these, however deep. Of the others it has only those at the top. */
const IN_FULL = ['widget', 'proxy'];
const TO_ONE_LEVEL = ['demo', 'test', '.build'];

/** A name is a folder when it ends in a slash: what follows the first gap of two spaces is a remark. */
const TREE_LINE = /^( *)(\S+\/(?: \S+\/)*)(?: {2}|$)/;
const INDENT = '  ';

/** A path from the root of the repository. */
const PATH = /(?<![\w./@-])(?:widget|proxy|demo|test|\.build|\.ci)(?:\/[\w-]+(?:\.[\w-]+)*)+/g;

it('the tree in the README has every folder, and no other', () => {
  const real = [
    ...IN_FULL.flatMap((root) => foldersOf(root)),
    ...TO_ONE_LEVEL.flatMap((root) => foldersOf(root).filter((folder) => folder.split('/').length <= 2)),
  ];
  expect(treeFolders().toSorted()).toEqual(real.toSorted());
});

it.each(['README.md', 'CHANGELOG.md', '.env.example'])('every path that %s names exists', (file) => {
  const paths = readFileSync(file, 'utf8').match(PATH) ?? [];
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});

it('every file that a drawing in the README names exists', () => {
  const drawn = DRAWINGS.flatMap(({ code }) => code.match(/[\w-]+\.ts\b/g) ?? []);
  const names = new Set([...IN_FULL, ...TO_ONE_LEVEL].flatMap((root) => filesOf(root)).map((path) => basename(path)));
  expect(drawn).not.toEqual([]);
  expect(drawn.filter((name) => !names.has(name))).toEqual([]);
});

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
