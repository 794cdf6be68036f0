/** `npm run walk`: how many changes of file lie between a click and its request and outcome; `-- --all` lists every entry. */
import { parseArgs } from 'node:util';
import { table } from '../../../proxy/run/table.js';
import { verdict } from '../row.js';
import { walkClick, walkRows } from './walk-click.js';

const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } });
const walk = await walkClick();
const rows = walkRows(walk);
if (values.all) {
  const marks = new Map([
    [walk.untilRequest, '--- the request'],
    [walk.untilOutcome, '--- the outcome is on the screen'],
  ]);
  for (const [index, [file, name]] of walk.entries.entries()) {
    const mark = marks.get(index);
    if (mark) console.log(mark);
    console.log(`${walk.entries[index - 1]?.[0] === file ? ' '.repeat(file.length) : file}  ${name}`);
  }
  console.log(`${marks.get(walk.entries.length) ?? ''}\n`);
}
console.log(table(rows.map((row) => [row.what, row.figures, row.goal, verdict(row)])));
process.exitCode = rows.every(({ isMet }) => isMet) ? 0 : 1;
