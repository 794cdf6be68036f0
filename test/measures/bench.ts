/**
 * `npm run bench`: what the proxy and the widget cost, beside the least that could do the same work, all in one run on one
 * core. `-- --soak` adds ten minutes of steady load, `-- --write` puts the table into the README.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '../../proxy/run/table.js';
import { coldStart } from './cold-start.js';
import { load, type Request } from './load.js';
import { issueOffers, startProxy, tokens } from './proxy-process.js';
import { median, verdict, type Row } from './row.js';
import { canPin, moveTo, startServer, type ServerProcess } from './server-process.js';
import { soak } from './soak.js';
import { widgetRows } from './widget.js';
import { writeTable } from './write-table.js';

const CUSTOMERS = 1_000;
const ROUNDS = 7;
const REQUESTS = 3_000;
const WARM_UP = 6_000;
/** Each customer may ask 240 times a minute; the memory is watched over more than that, so by more customers. */
const MEMORY_REQUESTS = 100_000;
/** Each of them is a call to Chargebee and a row in the store, which takes its time. */
const MEMORY_QUESTIONS = 20_000;
const MEGABYTE = 1_000_000;

/** Requests answered. */
interface Speed {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

interface Side {
  readonly server: ServerProcess;
  /** Never the same twice where the work must not be saved. */
  readonly requests: (count: number) => Request[];
}

const { values: wanted } = parseArgs({
  options: { soak: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});

moveTo('load');
const folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-bench-'));
const customers = await tokens(CUSTOMERS);
const upstream = await startServer(['test/upstream.js'], { folder, core: 'load' });

const head = await conditions();
console.log(`${head}\n`);
const rows = [
  await issuedOffer(),
  await newOffer(),
  await event(),
  await memory('offers already issued', MEMORY_REQUESTS, {}),
  await memory('new questions', MEMORY_QUESTIONS, { isNew: true }),
  await coldStart(folder, upstream.url),
  ...(await widgetRows()),
];
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

async function issuedOffer(): Promise<Row> {
  const floor = await passThrough();
  const proxy = await startProxy(folder, upstream.url, 'issued');
  await issueOffers(proxy, customers);
  return race('an offer already issued / a pass-through', 3, floor, {
    server: proxy,
    requests: repeat((index) => ({ path: '/upgrade-offer/offers', body: {}, token: customer(index) })),
  });
}

async function newOffer(): Promise<Row> {
  return race('an offer that needs Chargebee / a pass-through', 0.75, await passThrough(), {
    server: await startProxy(folder, upstream.url, 'asked'),
    requests: newQuestions(),
  });
}

async function event(): Promise<Row> {
  const body = { type: 'viewed' };
  const floor = await startServer(['test/floors.js', 'durable-insert', join(folder, 'floor.db')], { folder });
  const before = await startProxy(folder, upstream.url, 'events');
  const offers = await issueOffers(before, customers);
  await before.stop();
  // With Chargebee's real limit: events are kept at once, and delivered as there is room.
  const proxy = await startProxy(folder, upstream.url, 'events', '100');
  return race(
    'an event, on the disk / a bare durable insert',
    0.8,
    { server: floor, requests: repeat((index) => ({ path: `/offers/${offers[index % CUSTOMERS]}/events`, body })) },
    {
      server: proxy,
      requests: repeat((index) => ({
        path: `/upgrade-offer/offers/${offers[index % CUSTOMERS]}/events`,
        body,
        token: customer(index),
      })),
    },
  );
}

async function memory(of: string, count: number, { isNew = false }): Promise<Row> {
  const proxy = await startProxy(folder, upstream.url, `memory-${isNew}`);
  await issueOffers(proxy, customers);
  const issued = repeat((index) => ({ path: '/upgrade-offer/offers', body: {}, token: customer(index) }));
  const requests = isNew ? newQuestions() : issued;
  const { origin } = new URL(proxy.url);
  await load(origin, requests(count));
  const first = proxy.residentBytes();
  await load(origin, requests(count));
  const second = proxy.residentBytes();
  await proxy.stop();
  const thousands = `${count / 1_000},000 and ${(count * 2) / 1_000},000`;
  return {
    what: `memory after ${thousands} requests: ${of}`,
    figures: `${Math.round(first / MEGABYTE)} MB, ${Math.round(second / MEGABYTE)} MB`,
    ratio: (second / first).toFixed(2),
    ratioByCpu: '',
    goal: '150 MB, flat',
    isMet: first < 150 * MEGABYTE && second < first * 1.1,
  };
}

/** In turn, so that a machine that slows down slows both. */
async function race(what: string, goal: number, floor: Side, proxy: Side): Promise<Row> {
  for (const side of [floor, proxy]) await run(side, WARM_UP);
  const pairs: { floor: Speed; proxy: Speed }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    pairs.push({ floor: await run(floor, REQUESTS), proxy: await run(proxy, REQUESTS) });
  }
  for (const side of [floor, proxy]) await side.server.stop();
  const ratio = (by: keyof Speed) => median(pairs.map((pair) => pair.proxy[by] / pair.floor[by]));
  const rate = (side: 'floor' | 'proxy') => Math.round(median(pairs.map((pair) => pair[side].perSecond)));
  return {
    what,
    figures: `${rate('proxy')}/s, ${rate('floor')}/s`,
    ratio: ratio('perSecond').toFixed(2),
    ratioByCpu: ratio('perCpuSecond').toFixed(2),
    goal: `at least ${goal}`,
    isMet: ratio('perSecond') >= goal,
  };
}

async function run({ server, requests }: Side, count: number): Promise<Speed> {
  const before = server.cpuSeconds();
  const perSecond = await load(new URL(server.url).origin, requests(count));
  return { perSecond, perCpuSecond: count / (server.cpuSeconds() - before) };
}

/** Each is a question that nobody has asked before. */
function newQuestions(): Side['requests'] {
  let visit = 0;
  return repeat((index) => ({
    path: '/upgrade-offer/offers',
    body: { context: { visit: (visit += 1) } },
    token: customer(index),
  }));
}

async function passThrough(): Promise<Side> {
  const server = await startServer(['test/floors.js', 'pass-through', upstream.url], { folder });
  return { server, requests: repeat(() => ({ path: '/offers', body: {} })) };
}

function repeat(make: (index: number) => Request): (count: number) => Request[] {
  return (count) => Array.from({ length: count }, (_, index) => make(index));
}

function customer(index: number): string {
  return customers[index % CUSTOMERS] ?? '';
}

async function conditions(): Promise<string> {
  const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const versions = ['lit', 'hono', 'chargebee', 'libsql'].map((name) => `${name} ${devDependencies[name]}`).join(', ');
  const pinned = canPin ? 'one core for the server, another for the load' : 'cores as the system gives them';
  return (
    `${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, ${versions}; ${pinned}; ` +
    `medians of ${ROUNDS} rounds of ${REQUESTS} requests, ours and floor in turn`
  );
}
