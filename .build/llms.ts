/** Writes `dist/llms.txt`: the documents for language models, without pictures, markers and what applies only to a clone. */
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DOCUMENTS } from './docs/documents.js';

const ONLY_FOR_THE_CLONE = ['Working on it', 'License', 'How it works', 'Design decisions', 'Measured', 'Libraries'];

/** @param root the folder of the package. */
export async function writeLlms(root: string): Promise<void> {
  const texts = await Promise.all(DOCUMENTS.map((path) => document(root, path)));
  const [title = '', summary = '', ...rest] = texts.join('\n\n').split(/\n\n/);
  const text = [title, `> ${summary.replaceAll('\n', ' ')}`, ...rest].join('\n\n');
  await writeFile(join(root, 'dist/llms.txt'), text);
}

async function document(root: string, path: string): Promise<string> {
  const sections = withoutMarks(await readFile(join(root, path), 'utf8')).split(/^(?=## )/m);
  const kept = sections.filter((section) => !ONLY_FOR_THE_CLONE.some((name) => section.startsWith(`## ${name}\n`)));
  return fromDist(withoutLinksToLeftOut(kept.join('')), dirname(path)).trim();
}

function withoutMarks(text: string): string {
  return text
    .replace(/<!--[^]*?-->\n*/g, '')
    .replace(/^\|.*\n\| ---.*\n(?:\|.*!\[.*\n)+/gm, '')
    .replace(/^.*!\[[^\]]*\]\([^)]*\).*\n/gm, '')
    .replace(/\n{3,}/g, '\n\n');
}

/** The words of a link to a section that is left out stay. */
function withoutLinksToLeftOut(text: string): string {
  const anchors = ONLY_FOR_THE_CLONE.map((name) => name.toLowerCase().replaceAll(' ', '-')).join('|');
  return text.replace(new RegExp(`\\[([^\\]]+)\\]\\(#(?:${anchors})\\)`, 'g'), '$1');
}

/** A link leads from `dist` to where it led from the document. */
function fromDist(text: string, folder: string): string {
  return text.replace(/\]\((?!\w+:|#)([^)]+)\)/g, (_, target: string) => `](${join('..', folder, target)})`);
}
