/**
 * `npm run docs`: writes the tables of the documents from the sources that they describe, and the addresses of their
 * pictures. With `-- --check` it writes nothing and fails if a document is out of date. A table is between
 * `<!-- table: its name -->` and `<!-- end -->`; so is `<!-- print: payload -->`, an event as a page prints it.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DOCUMENTS } from './documents.js';
import { payload } from './events.js';
import { markdownTable } from './markdown-table.js';
import { withPictures } from './pictures.js';
import { TABLES } from './tables.js';

const PLACE = /(<!-- (?:table|print): ([\w-]+) -->)[^]*?(<!-- end -->)/g;

const MADE: Readonly<Record<string, () => Promise<string>>> = {
  ...Object.fromEntries(Object.entries(TABLES).map(([name, rows]) => [name, async () => markdownTable(await rows())])),
  payload: async () => payload(),
};

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const documents = await Promise.all(DOCUMENTS.map(async (file) => ({ file, before: await readFile(file, 'utf8') })));
const placed = documents.flatMap(({ before }) => [...before.matchAll(PLACE)].map(([, , name = '']) => name));
const missing = Object.keys(MADE).filter((name) => !placed.includes(name));
if (missing.length > 0) {
  throw new Error(`Failed to write the documents: none has the table ${missing.join(', ')}. Add its comments to one.`);
}
for (const { file, before } of documents) {
  const after = await withPictures(await withTables(file, before));
  if (!values.check) await writeFile(file, after);
  else if (before !== after) {
    console.error(`${file} is out of date: run \`npm run docs\`.`);
    process.exitCode = 1;
  }
}

/** @throws when the document asks for an unknown table. */
async function withTables(file: string, text: string): Promise<string> {
  const written = new Map<string, string>();
  for (const [, , name = ''] of text.matchAll(PLACE)) {
    const make = MADE[name];
    if (!make) {
      throw new Error(`Failed to write ${file}: there is no table "${name}". Use a name from .build/docs/tables.ts.`);
    }
    written.set(name, await make());
  }
  return text.replace(
    PLACE,
    (_, start: string, name: string, end: string) => `${start}\n\n${written.get(name)}\n\n${end}`,
  );
}
