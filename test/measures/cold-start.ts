/** How long the proxy takes from its start to its first answer, including its schema, compared with a bare Hono server. */
import { startProxy } from './proxy-process.js';
import { median, type Row } from './row.js';
import { startServer, type ServerProcess } from './server-process.js';

const ROUNDS = 5;

export async function coldStart(folder: string, chargebeeUrl: string): Promise<Row> {
  const rounds: { proxy: number; floor: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({
      floor: await timed(() => startServer(['test/floors.js', 'pass-through', chargebeeUrl], { folder })),
      proxy: await timed(() => startProxy(folder, chargebeeUrl, `cold-${round}`)),
    });
  }
  const ms = (side: 'proxy' | 'floor') => `${Math.round(median(rounds.map((each) => each[side])))} ms`;
  return {
    what: 'cold start, to the first answer / a bare server',
    figures: `${ms('proxy')}, ${ms('floor')}`,
    ratio: median(rounds.map(({ proxy, floor }) => proxy / floor)).toFixed(2),
    ratioByCpu: '',
    goal: '',
    isMet: true,
  };
}

async function timed(start: () => Promise<ServerProcess>): Promise<number> {
  const startedAt = performance.now();
  const server = await start();
  await fetch(server.url);
  const ms = performance.now() - startedAt;
  await server.stop();
  return ms;
}
