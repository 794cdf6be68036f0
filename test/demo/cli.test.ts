/** The process that `npm start` runs after its build. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

interface Started {
  child: ChildProcess;
  stdout: string[];
  stderr: string[];
  /** The next line on either stream. */
  said: Promise<string>;
}

/** The demo finds a free port by itself. One that a test has found could be taken before the demo opens it. */
const ANY_PORT = 0;

const ADDRESSES = /^upgrade-offer demo: (\S+) \(sandbox: (\S+)\)$/;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLI = join(ROOT, 'dist/demo/cli.js');

it('prints the address where it listens in one line', async () => {
  const { said, stdout, stderr } = await start(ANY_PORT);
  const [, url = '', recordsUrl = ''] = ADDRESSES.exec(await said) ?? [];

  expect(await (await fetch(`${url}/app/`)).text()).toContain('Two upgrades to try');
  expect(await (await fetch(url)).text()).toContain('Gallery · upgrade-offer');
  expect((await fetch(recordsUrl)).headers.get('content-type')).toMatch(/^text\/html/);
  expect([...stdout, ...stderr]).toHaveLength(1);
});

it('listens on $PORT, and says in one line that another program uses it', async () => {
  const first = await start(ANY_PORT);
  const port = portOf(await first.said);
  const second = await start(port);

  expect(await once(second.child, 'close')).toEqual([1, null]);
  expect(second.stdout).toEqual([]);
  expect(second.stderr).toEqual([expect.stringContaining(`Port ${port} is already in use.`)]);
});

it('takes the next free port, and says so, when its own is in use and no other was asked for', async () => {
  const own = createServer().listen(5173, 'localhost');
  // Another program may use it already, which serves as well.
  await once(own, 'listening').catch(() => {});
  onTestFinished(() => void own.close());
  const { stdout, stderr } = await start('');

  await expect.poll(() => [...stdout, ...stderr]).toHaveLength(2);
  const [, port = ''] = /^Port 5173 is already in use, so the demo takes (\d+)\.$/.exec(stdout[0] ?? '') ?? [];
  expect(Number(port)).toBeGreaterThan(5173);
  expect(stdout[1]).toContain(`http://localhost:${port} `);
});

it.for(['SIGINT', 'SIGTERM'] as const)('ends without an error on %s while a browser is connected', async (signal) => {
  const { child, said } = await start(ANY_PORT);
  const browser = connect(portOf(await said), 'localhost');
  browser.on('error', () => {});
  await once(browser, 'connect');

  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([0, null]);
});

it('ends when npm is told to end: it once stayed behind, and kept its port', async () => {
  const { child, said } = await start(ANY_PORT, ['npm', 'start', '--silent', '--prefix', ROOT]);
  onTestFinished(() => {
    if (!child.stdout?.closed) process.kill(-Number(child.pid), 'SIGKILL');
  });
  const port = portOf(await said);

  child.kill('SIGTERM');
  // Not before the demo has let go of the stream that npm gave it.
  await once(child, 'close');
  await expect(fetch(`http://localhost:${port}`)).rejects.toThrow('fetch failed');
});

function portOf(line: string): number {
  const [, url = ''] = ADDRESSES.exec(line) ?? [];
  return Number(new URL(url).port);
}

/** @param port an empty one was not set. */
async function start(port: number | '', command: readonly string[] = [process.execPath, CLI]): Promise<Started> {
  const [program = '', ...parameters] = command;
  const folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-demo-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const child = spawn(program, parameters, {
    cwd: folder,
    env: { ...process.env, PORT: String(port) },
    // In a group of its own, which a test can end.
    detached: true,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const stdout: string[] = [];
  const stderr: string[] = [];
  const said = new Promise<string>((resolve) => {
    createInterface(child.stdout).on('line', (line) => resolve((stdout.push(line), line)));
    createInterface(child.stderr).on('line', (line) => resolve((stderr.push(line), line)));
  });
  return { child, stdout, stderr, said };
}
