/** A server under test: a process of its own on one core, while the load comes from the other core. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface ServerProcess {
  /** As the process printed it. */
  readonly url: string;
  readonly pid: number | undefined;
  residentBytes(): number;
  /** Of all its threads, since it started; 0 on systems without /proc. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

export type Core = 'server' | 'load';

const CORES: Record<Core, string> = { server: '0', load: '1' };
const STARTS_WITHIN_MS = 10_000;
const LOOK_AGAIN_MS = 20;

/** Needs Linux and two cores; elsewhere the system schedules the processes. */
export const canPin = availableParallelism() > 1 && hasTaskset();

/** @param script below `dist/`. What it prints goes to a file, as it would in production. */
export async function startServer(
  [script, ...parameters]: readonly [string, ...string[]],
  { folder, core = 'server', environment = {} }: { folder: string; core?: Core; environment?: NodeJS.ProcessEnv },
): Promise<ServerProcess> {
  const printed = join(folder, `${crypto.randomUUID()}.log`);
  const command = [process.execPath, fileURLToPath(new URL(`../${script}`, import.meta.url)), ...parameters];
  const [executable = '', ...rest] = canPin ? ['taskset', '-c', CORES[core], ...command] : command;
  const log = openSync(printed, 'w');
  const child = spawn(executable, rest, {
    stdio: ['ignore', log, 'inherit'],
    env: { PATH: process.env['PATH'], ...environment },
  });
  const exited = once(child, 'exit');
  return {
    url: await firstUrl(printed, script),
    pid: child.pid,
    residentBytes: () =>
      Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })) * 1_024,
    cpuSeconds: () => cpuSeconds(child.pid),
    async stop() {
      child.kill('SIGINT');
      await exited;
    },
  };
}

export function moveTo(core: Core): void {
  if (canPin) execFileSync('taskset', ['--all-tasks', '-cp', CORES[core], String(process.pid)]);
}

async function firstUrl(file: string, script: string): Promise<string> {
  for (let waitedMs = 0; waitedMs < STARTS_WITHIN_MS; waitedMs += LOOK_AGAIN_MS) {
    const url = /http:\/\/\S+/.exec(readFileSync(file, 'utf8'))?.[0];
    if (url) return url;
    await wait(LOOK_AGAIN_MS);
  }
  throw new Error(`Failed to start ${script}: it printed no address within ${STARTS_WITHIN_MS} ms.`);
}

/** Linux counts for each thread, in nanoseconds. */
function cpuSeconds(pid: number | undefined): number {
  const threads = `/proc/${pid}/task`;
  if (!existsSync(threads)) return 0;
  const nanoseconds = readdirSync(threads).map((thread) =>
    Number(readFileSync(join(threads, thread, 'schedstat'), 'utf8').split(' ')[0]),
  );
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e9;
}

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['--version']);
    return true;
  } catch {
    return false;
  }
}
