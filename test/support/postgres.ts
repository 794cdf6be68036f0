/**
 * A PostgreSQL server for the tests, when the machine has one installed: a new cluster in a temporary folder, on a socket
 * and a free local port, deleted afterwards. Each stack gets its own database.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of a role that may create databases; absent in the projects that test on SQLite. */
    postgresUrl: string | undefined;
  }
}

/** @returns the folder of initdb and postgres, or undefined when PostgreSQL is not installed. */
export function findPostgres(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).toSorted((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(root, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
}

export interface PostgresServer {
  /** The URL of a role that may create databases. */
  readonly url: string;
  /** Ends every connection, as an update of the server does. Resolves when it takes new ones. */
  restart(): Promise<void>;
  /** Deletes everything, too. */
  close(): Promise<void>;
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, close } = await startPostgres();
  project.provide('postgresUrl', url);
  return close;
}

export async function startPostgres(): Promise<PostgresServer> {
  const bin = findPostgres();
  if (!bin) throw new Error('Failed to start PostgreSQL: it is not installed. On Debian: apt-get install postgresql.');
  const folder = mkdtempSync(join(tmpdir(), 'upgrade-offer-postgres-'));
  const user = process.getuid?.() === 0 ? postgresUser() : undefined;
  if (user) chownSync(folder, user.uid, user.gid);

  execFileSync(join(bin, 'initdb'), ['-D', folder, '-U', 'tests', '--auth=trust', '--no-sync'], {
    stdio: 'ignore',
    cwd: folder,
    ...user,
  });
  const port = await freePort();
  // Nothing has to survive a crash of the server or the machine, and a slow disk must not make a query slow.
  const settings = ['listen_addresses=127.0.0.1', 'fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  const options = ['-D', folder, '-p', String(port), '-k', folder, ...settings.flatMap((setting) => ['-c', setting])];
  const run = () => spawn(join(bin, 'postgres'), options, { stdio: 'ignore', cwd: folder, ...user });
  const url = `postgres://tests@127.0.0.1:${port}/postgres`;
  let server = run();
  await untilReady(url);

  /** In order: what is stored is written to the disk before it ends. */
  async function stop(): Promise<void> {
    const exited = once(server, 'exit');
    server.kill('SIGINT');
    await exited;
  }

  return {
    url,
    async restart() {
      await stop();
      server = run();
      await untilReady(url);
    },
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @returns the URL of a new database. */
export async function newDatabase(url: string): Promise<string> {
  const name = `stack_${crypto.randomUUID().replaceAll('-', '')}`;
  const client = new Client(url);
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return Object.assign(new URL(url), { pathname: name }).href;
}

/** PostgreSQL refuses to run as root. Debian's package creates a user for it. */
function postgresUser(): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new Client(url);
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (attempt > 1_000) throw error;
      await wait(50);
    }
  }
}
