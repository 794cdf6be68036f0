/** Writes `dist/llms.txt`: the README for language models, without pictures, markers and what applies only to a clone. */
import { readFile, writeFile } from 'node:fs/promises';

const ONLY_FOR_THE_CLONE = ['Try it', 'Measured', 'Commands', 'Contributing', 'Libraries', 'License'];

export async function writeLlms(readme: string, target: string): Promise<void> {
  const [intro = '', ...sections] = (await readFile(readme, 'utf8')).split(/^(?=## )/m);
  const [title = '', summary = ''] = intro.split(/\n\n/);
  const kept = sections.filter((section) => !ONLY_FOR_THE_CLONE.some((name) => section.startsWith(`## ${name}\n`)));
  const text = [title, `> ${summary.replaceAll('\n', ' ')}`, ...kept].join('\n\n');
  await writeFile(target, withoutMarks(text));
}

function withoutMarks(text: string): string {
  return text
    .replace(/<!--[^]*?-->\n*/g, '')
    .replace(/^.*!\[[^\]]*\]\([^)]*\).*\n/gm, '')
    .replace(/\n{3,}/g, '\n\n');
}
