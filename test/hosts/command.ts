/** A command in the folder of an app, such as `next build`. A failure says which command it was, and all that it printed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';

export interface Command {
  /** What it has printed, both streams in their order. */
  printed(): string;
  isRunning(): boolean;
  /** Resolves with its exit code, or with the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** @throws an Error that says what happened, and what the command printed. */
  fail(what: string): never;
  stop(signal?: NodeJS.Signals): void;
}

const WITHOUT_TELEMETRY = {
  NEXT_TELEMETRY_DISABLED: '1',
  NUXT_TELEMETRY_DISABLED: '1',
  WRANGLER_SEND_METRICS: 'false',
};

/** @param environment is all that the command gets, beside what npm and its scripts need. */
export function start(line: string, cwd: string, environment: Readonly<Record<string, string>> = {}): Command {
  const [command = '', ...parameters] = line.split(' ');
  const path = [join(cwd, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  const env = { HOME: process.env['HOME'], NO_COLOR: '1', ...WITHOUT_TELEMETRY, ...environment, PATH: path };
  const child = spawn(command, parameters, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += String(chunk)));
  let isRunning = true;
  const ended = once(child, 'close').then(([code, signal]) => {
    isRunning = false;
    return typeof code === 'number' ? code : (signal as NodeJS.Signals);
  });
  return {
    printed: () => printed,
    isRunning: () => isRunning,
    ended,
    fail(what) {
      throw new Error(`"${line}" ${what}. It printed:\n${printed}`);
    },
    stop: (signal = 'SIGTERM') => void child.kill(signal),
  };
}

/** @throws an Error if it ends with anything but 0. */
export async function run(line: string, cwd: string): Promise<void> {
  const command = start(line, cwd);
  const end = await command.ended;
  if (end !== 0) command.fail(`ended with ${end}`);
}
