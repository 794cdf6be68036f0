/**
 * `npm run bench`: what the proxy and the widget cost, compared with the least code that does the same work, in one run on
 * one core. `-- --soak` adds ten minutes of steady load, and `-- --write` puts the table into proxy/README.md. For a first look,
 * `--quick` takes few rounds, and `--only proxy`, `widget` or `walk` measures only that.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '../../proxy/run/table.js';
import { tokens } from './proxy-process.js';
import { proxyRows } from './proxy-rows.js';
import { verdict, type Row } from './row.js';
import { canPin, moveTo, startServer } from './server-process.js';
import { soak } from './soak.js';
import { walkClick, walkRows } from './walk/walk-click.js';
import { widgetRows } from './widget-rows.js';
import { writeTable } from './write-table.js';

const CUSTOMERS = 1_000;

const SUBJECTS = ['proxy', 'widget', 'walk'] as const;
type Subject = (typeof SUBJECTS)[number];

const { values: wanted } = parseArgs({
  options: {
    soak: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
if (wanted.write && (wanted.quick || wanted.only)) {
  throw new Error('Failed to write the table: it needs a whole run. Leave out --quick and --only.');
}
const subjects = SUBJECTS.filter((subject) => wanted.only === undefined || wanted.only === subject);
if (subjects.length === 0) {
  throw new Error(`Failed to measure "${wanted.only}": use one of ${SUBJECTS.join(', ')}.`);
}
const { proxy: proxySize, widget: widgetRounds } = wanted.quick
  ? {
      proxy: { rounds: 3, requestsPerRound: 1_000, memoryRequests: 10_000, memoryQuestions: 2_000 },
      widget: { local: 3, slow: 2 },
    }
  : {
      proxy: { rounds: 7, requestsPerRound: 3_000, memoryRequests: 100_000, memoryQuestions: 20_000 },
      widget: { local: 15, slow: 7 },
    };

moveTo('load');
const folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-bench-'));
const customers = await tokens(CUSTOMERS);
const upstream = await startServer(['test/upstream.js'], { folder, core: 'load' });

const head = await conditions();
console.log(`${head}\n`);

const measures: Readonly<Record<Subject, () => Promise<Row[]>>> = {
  proxy: () => proxyRows({ ...proxySize, folder, upstreamUrl: upstream.url, customers }),
  widget: () => widgetRows(widgetRounds),
  walk: async () => walkRows(await walkClick()),
};
const rows: Row[] = [];
for (const subject of subjects) rows.push(...(await measures[subject]()));
const lines = [
  ['WHAT', 'OURS AND FLOOR', 'RATIO', 'BY CPU TIME', 'GOAL', ''],
  ...rows.map((row) => [row.what, row.figures, row.ratio, row.ratioByCpu, row.goal, verdict(row)]),
];
console.log(table(lines));
if (wanted.write) await writeTable(head, lines);
if (wanted.soak) await soak(folder, upstream.url, customers);
await upstream.stop();
await rm(folder, { recursive: true });
process.exitCode = rows.every(({ isMet }) => isMet) ? 0 : 1;

async function conditions(): Promise<string> {
  const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const versions = ['lit', 'hono', 'chargebee', 'libsql'].map((name) => `${name} ${devDependencies[name]}`).join(', ');
  const pinned = canPin ? 'one core for the server, another for the load' : 'cores as the system gives them';
  return (
    `${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, ${versions}; ${pinned}; ` +
    `medians of ${proxySize.rounds} rounds of ${proxySize.requestsPerRound} requests, ours and floor in turn`
  );
}
