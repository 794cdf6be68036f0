/** A copy of a SQLite store while the proxy runs. `cp` alone would miss what is in the write-ahead log. */
import { existsSync, linkSync, rmSync } from 'node:fs';
import { loadDriver } from './driver-missing.js';

export class NotBackedUp extends Error {
  override readonly name = 'NotBackedUp';
}

/** @param file must not exist. Only its owner can read it. @throws NotBackedUp. */
export async function backUp(databaseUrl: string, file: string): Promise<void> {
  if (!databaseUrl.startsWith('file:')) {
    throw new NotBackedUp(
      `Failed to back up: the store is PostgreSQL, which has a command for it. Run: pg_dump --format=custom --file=${file} "$DATABASE_URL"`,
    );
  }
  const path = databaseUrl.slice('file:'.length);
  if (!existsSync(path)) throw new NotBackedUp('Failed to back up: DATABASE_URL names no file. Correct it.');
  if (existsSync(file)) throw taken(file);
  const { default: Libsql } = await loadDriver('libsql', () => import('libsql'));
  const part = `${file}.part-${process.pid}`;
  const umask = process.umask(0o077);
  try {
    const database = new Libsql(path);
    try {
      database.prepare('vacuum into ?').run(part);
    } finally {
      database.close();
    }
    // Unlike a rename, it does not replace a file that somebody has made meanwhile.
    linkSync(part, file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw taken(file);
    const reason = error instanceof Error ? error.message : String(error);
    throw new NotBackedUp(`Failed to back up: ${reason}. Check that the folder exists, can be written and has room.`);
  } finally {
    process.umask(umask);
    rmSync(part, { force: true });
  }
}

function taken(file: string): NotBackedUp {
  return new NotBackedUp(`Failed to back up: ${file} exists. Name a new file, or remove it first.`);
}
