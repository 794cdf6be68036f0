/** The command `upgrade-offer` of an installed package, as a process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { vi } from 'vitest';

type Environment = Readonly<Record<string, string>>;

/**
 * @param folder where the package is installed.
 * @param cwd where the command runs.
 */
export function startCommand(
  folder: string,
  parameters: readonly string[],
  environment: Environment = {},
  cwd: string = folder,
) {
  const child = spawn(join(folder, 'node_modules/.bin/upgrade-offer'), parameters, {
    cwd,
    env: { PATH: process.env['PATH'], ...environment },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (said.out += chunk));
  child.stderr.on('data', (chunk) => (said.err += chunk));
  const ended = once(child, 'close').then(([code]) => code as number | null);

  /** @returns the first address that it prints. */
  function address(): Promise<string> {
    return vi.waitFor(
      () => {
        const [url] = /https?:\/\/(localhost|127\.0\.0\.1):[1-9][^\s]*/.exec(said.out) ?? [];
        if (!url) throw new Error(`It has not printed its address yet: ${said.out}${said.err}`);
        return url;
      },
      { timeout: 60_000 },
    );
  }

  function stop(): Promise<number | null> {
    child.kill('SIGKILL');
    return ended;
  }

  return { said, ended, address, stop };
}

/** @returns what it printed, once it has ended. */
export async function runCommand(folder: string, parameters: readonly string[], environment?: Environment) {
  const { said, ended } = startCommand(folder, parameters, environment);
  return { code: await ended, ...said };
}
