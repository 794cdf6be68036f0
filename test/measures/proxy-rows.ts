/** How many requests the proxy answers in a second and how much memory it uses, compared with the least code for the work. */
import { join } from 'node:path';
import { coldStart } from './cold-start.js';
import { load, type Request } from './load.js';
import { issueOffers, SECRET, startProxy } from './proxy-process.js';
import { median, type Row } from './row.js';
import { startServer, type ServerProcess } from './server-process.js';

export interface ProxyBench {
  readonly folder: string;
  /** The server in place of Chargebee. */
  readonly upstreamUrl: string;
  /** One token for each customer. */
  readonly customers: readonly string[];
  readonly rounds: number;
  readonly requestsPerRound: number;
  /** The memory is measured after these requests, and after as many again. */
  readonly memoryRequests: number;
  /** The same for new questions. They are fewer, because each is a call to Chargebee and a new row. */
  readonly memoryQuestions: number;
}

/** Answered requests. */
interface Speed {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

interface Side {
  readonly server: ServerProcess;
  /** Different each time where the proxy must not answer from its store. */
  readonly requests: (count: number) => Request[];
}

interface Race {
  readonly what: string;
  /** The least ratio; undefined when the figure is only for the reader. */
  readonly goal?: number;
  readonly floor: Side;
  readonly proxy: Side;
}

const WARM_UP_ROUNDS = 2;
const MEGABYTE = 1_000_000;

export async function proxyRows(bench: ProxyBench): Promise<Row[]> {
  const { folder, upstreamUrl, customers } = bench;
  const customer = (index: number) => customers[index % customers.length] ?? '';
  const issued = repeat((index) => ({ path: '/upgrade-offer/offers', body: {}, token: customer(index) }));
  return [
    await race({ what: 'an offer already issued / what cannot be left out', goal: 0.85, ...(await issuedOffer()) }),
    await race({
      what: 'an offer already issued / a pass-through',
      floor: await passThrough(),
      proxy: { server: await startIssued('passed'), requests: issued },
    }),
    await race({
      what: 'an offer already issued, with caps / without',
      goal: 0.95,
      floor: { server: await startIssued('uncapped'), requests: issued },
      proxy: { server: await startIssued('capped', { OFFER_CAPS: 'campaign=3/7d,all=1/d' }), requests: issued },
    }),
    await race({
      what: 'an offer that needs Chargebee / a pass-through',
      goal: 0.75,
      floor: await passThrough(),
      proxy: { server: await startProxy(folder, upstreamUrl, 'asked'), requests: newQuestions() },
    }),
    await race({ what: 'an event, on the disk / a bare durable insert', goal: 0.8, ...(await event()) }),
    await memory('offers already issued', bench.memoryRequests, issued),
    await memory('new questions', bench.memoryQuestions, newQuestions()),
    await coldStart(folder, upstreamUrl),
  ];

  async function startIssued(name: string, settings?: Readonly<Record<string, string>>): Promise<ServerProcess> {
    const proxy = await startProxy(folder, upstreamUrl, name, settings);
    await issueOffers(proxy, customers);
    return proxy;
  }

  /** Both read the same store. */
  async function issuedOffer(): Promise<Pick<Race, 'floor' | 'proxy'>> {
    const proxy = await startIssued('issued');
    const floor = await startServer(['test/floors.js', 'issued-offer', join(folder, 'issued.db'), SECRET], { folder });
    return {
      floor: {
        server: floor,
        requests: repeat((index) => ({ path: '/offers', body: {}, token: customer(index) })),
      },
      proxy: { server: proxy, requests: issued },
    };
  }

  async function event(): Promise<Pick<Race, 'floor' | 'proxy'>> {
    const body = { type: 'viewed' };
    const floor = await startServer(['test/floors.js', 'durable-insert', join(folder, 'floor.db')], { folder });
    const before = await startProxy(folder, upstreamUrl, 'events');
    const offers = await issueOffers(before, customers);
    await before.stop();
    const path = (index: number) => `/offers/${offers[index % offers.length]}/events`;
    return {
      floor: { server: floor, requests: repeat((index) => ({ path: path(index), body })) },
      proxy: {
        // With Chargebee's real limit: events are stored at once, and delivered within the limit.
        server: await startProxy(folder, upstreamUrl, 'events', { CHARGEBEE_CALLS_PER_MINUTE: '100' }),
        requests: repeat((index) => ({ path: `/upgrade-offer${path(index)}`, body, token: customer(index) })),
      },
    };
  }

  async function passThrough(): Promise<Side> {
    const server = await startServer(['test/floors.js', 'pass-through', upstreamUrl], { folder });
    return { server, requests: repeat(() => ({ path: '/offers', body: {} })) };
  }

  /** Each is a question that was not asked before. */
  function newQuestions(): Side['requests'] {
    let visit = 0;
    return repeat((index) => ({
      path: '/upgrade-offer/offers',
      body: { context: { visit: (visit += 1) } },
      token: customer(index),
    }));
  }

  async function memory(of: string, count: number, requests: Side['requests']): Promise<Row> {
    const proxy = await startIssued(`memory-${count}`);
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

  /** The two take turns, so that a machine that slows down slows both. */
  async function race({ what, goal, floor, proxy }: Race): Promise<Row> {
    const { rounds, requestsPerRound } = bench;
    for (const side of [floor, proxy]) await run(side, requestsPerRound * WARM_UP_ROUNDS);
    const pairs: { floor: Speed; proxy: Speed }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      pairs.push({ floor: await run(floor, requestsPerRound), proxy: await run(proxy, requestsPerRound) });
    }
    for (const side of [floor, proxy]) await side.server.stop();
    const ratio = (by: keyof Speed) => median(pairs.map((pair) => pair.proxy[by] / pair.floor[by]));
    const rate = (side: 'floor' | 'proxy') => Math.round(median(pairs.map((pair) => pair[side].perSecond)));
    return {
      what,
      figures: `${rate('proxy')}/s, ${rate('floor')}/s`,
      ratio: ratio('perSecond').toFixed(2),
      ratioByCpu: ratio('perCpuSecond').toFixed(2),
      goal: goal === undefined ? '' : `at least ${goal}`,
      isMet: goal === undefined || ratio('perSecond') >= goal,
    };
  }
}

async function run({ server, requests }: Side, count: number): Promise<Speed> {
  const before = server.cpuSeconds();
  const perSecond = await load(new URL(server.url).origin, requests(count));
  return { perSecond, perCpuSecond: count / (server.cpuSeconds() - before) };
}

function repeat(make: (index: number) => Request): (count: number) => Request[] {
  return (count) => Array.from({ length: count }, (_, index) => make(index));
}
