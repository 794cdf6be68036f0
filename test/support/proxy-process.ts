/** The built proxy as an operator starts it: a process, and its output. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Environment } from '../../proxy/config.js';

export interface ProxyProcess {
  /** Empty when the process ended before it listened. */
  readonly proxyUrl: string;
  /** Every line of stdout and stderr. Grows while the process runs. */
  readonly printed: readonly string[];
  /** Its exit code, or null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** Leaves what it prints in the pipe, which becomes full, until `readOn`. */
  readLater(): void;
  readOn(): void;
  signal(signal: NodeJS.Signals): void;
  /** @returns its exit code, once it has ended. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

/** One per test file: it ends the processes after each test. */
export function createProxyProcesses() {
  const stops = new Set<ProxyProcess['stop']>();

  /**
   * Resolves when the process listens, or has ended.
   * @param options.largestFile in blocks of 512 bytes: writing more fails, as on a full disk.
   */
  async function start(environment: Environment, options: { largestFile?: number } = {}): Promise<ProxyProcess> {
    const limit = options.largestFile === undefined ? '' : `ulimit -f ${options.largestFile};`;
    // `exec` replaces the shell, so a signal reaches the proxy.
    const child = spawn('sh', ['-c', `${limit} exec "$0" dist/proxy/cli.js`, process.execPath], {
      env: { PATH: process.env['PATH'], ...environment },
    });
    const exited = once(child, 'close').then(([code]) => code as number | null);
    const stop = (signal: NodeJS.Signals) => {
      child.kill(signal);
      return exited;
    };
    stops.add(stop);
    const printed: string[] = [];
    const stdout = createInterface({ input: child.stdout });
    const listening = new Promise<string>((resolve) => {
      stdout.on('line', (line) => {
        printed.push(line);
        const proxyUrl = /^upgrade-offer proxy: (\S+)$/.exec(line)?.[1];
        if (proxyUrl) resolve(proxyUrl);
      });
    });
    createInterface({ input: child.stderr }).on('line', (line) => printed.push(line));
    return {
      proxyUrl: await Promise.race([listening, exited.then(() => '')]),
      printed,
      exited,
      readLater: () => void stdout.pause(),
      readOn: () => void stdout.resume(),
      signal: (signal) => void child.kill(signal),
      stop,
    };
  }

  async function killAll(): Promise<void> {
    await Promise.all([...stops].map((stop) => stop('SIGKILL')));
    stops.clear();
  }

  return { start, killAll };
}
