/**
 * `npm run docs`: writes the README's tables from the sources that they describe. With `-- --check` it writes nothing and
 * fails if a table is out of date. A table is between `<!-- table: its name -->` and `<!-- end -->`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { markdownTable } from './markdown-table.js';
import { TABLES } from './tables.js';

const FILE = 'README.md';
const PLACE = /(<!-- table: ([\w-]+) -->)[^]*?(<!-- end -->)/g;

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const before = await readFile(FILE, 'utf8');
const after = await withTables(before);
if (!values.check) await writeFile(FILE, after);
else if (squeezed(before) !== squeezed(after)) {
  console.error(`${FILE} is out of date: run \`npm run docs\`.`);
  process.exitCode = 1;
}

/** @throws when the README asks for an unknown table, or lacks one. */
async function withTables(text: string): Promise<string> {
  const places = [...text.matchAll(PLACE)].map(([, , name = '']) => name);
  const missing = Object.keys(TABLES).filter((name) => !places.includes(name));
  if (missing.length > 0)
    throw new Error(`Failed to write ${FILE}: it lacks the table ${missing.join(', ')}. Add its comments.`);
  const written = new Map<string, string>();
  for (const name of places) {
    const read = TABLES[name];
    if (!read)
      throw new Error(`Failed to write ${FILE}: there is no table "${name}". Use a name from .build/docs/tables.ts.`);
    written.set(name, markdownTable(await read()));
  }
  return text.replace(
    PLACE,
    (_, start: string, name: string, end: string) => `${start}\n\n${written.get(name)}\n\n${end}`,
  );
}

/** The formatter pads columns, so whitespace and dashes do not count. */
function squeezed(text: string): string {
  return text
    .replace(/-{2,}/g, '-')
    .replace(/[ \t]+/g, ' ')
    .replace(/\n+/g, '\n');
}
