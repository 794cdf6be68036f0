/** Writes what `npm run bench` has measured into the proxy's document, with the date and the machine. */
import { readFile, writeFile } from 'node:fs/promises';
import { markdownTable } from '../../.build/docs/markdown-table.js';

const FILE = 'proxy/README.md';
const PLACE = /(<!-- bench -->)[^]*?(<!-- end -->)/;

export async function writeTable(head: string, rows: readonly (readonly string[])[]): Promise<void> {
  const text = await readFile(FILE, 'utf8');
  const date = new Date().toISOString().slice(0, 10);
  const table = `${date}, ${head.replaceAll('; ', ';\n')}.\n\n${markdownTable(rows)}`;
  await writeFile(
    FILE,
    text.replace(PLACE, (_, start: string, end: string) => `${start}\n\n${table}\n\n${end}`),
  );
}
