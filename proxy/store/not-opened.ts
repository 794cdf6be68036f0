/** The store could not be opened. Its message is for the operator and says everything; no stack is needed. */
import { RequestError } from '../errors.js';
import { codeOf } from './unavailable.js';

export class StoreNotOpened extends Error {
  override readonly name: string = 'StoreNotOpened';
}

/** @returns one sentence that names the reason and what to do. It never contains the URL, which holds a password. */
export function storeNotOpened(error: unknown): StoreNotOpened {
  if (error instanceof StoreNotOpened) return error;
  const cause = error instanceof RequestError ? error.cause : error;
  return new StoreNotOpened(`Failed to open the store: ${explain(cause)}`, { cause });
}

/** By SQLSTATE, SQLite's result code or Node's error code. */
const EXPLAINED: readonly (readonly [codes: RegExp, sentence: string])[] = [
  [
    /^SQLITE_FULL|^SQLITE_IOERR|^ENOSPC|^EFBIG|^53100/,
    'the disk is full or broken. Free space, or name another place in DATABASE_URL.',
  ],
  [
    /^SQLITE_READONLY|^EROFS|^EACCES|^EPERM/,
    'this process may not write there. Correct the permissions, or name another place in DATABASE_URL.',
  ],
  [
    /^SQLITE_CANTOPEN|^ENOTDIR|^EEXIST|^EISDIR|^ENOENT/,
    'the file cannot be created or written. Check the path and the permissions of its folder in DATABASE_URL.',
  ],
  [
    /^SQLITE_(BUSY|LOCKED)/,
    'another process keeps the file locked. Stop that process, or name another file in DATABASE_URL.',
  ],
  [
    /^SQLITE_(NOTADB|CORRUPT)/,
    'the file is no SQLite database, or it is damaged. Restore it from its backup, or name another file in DATABASE_URL.',
  ],
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ECONNRESET)/,
    'PostgreSQL cannot be reached. Check host and port in DATABASE_URL, and that it runs.',
  ],
  [/^(ENOTFOUND|EAI_AGAIN)/, 'the host of PostgreSQL is not known. Check the host in DATABASE_URL.'],
  [/^28/, 'PostgreSQL does not accept this user. Check user and password in DATABASE_URL.'],
  [/^3D000/, 'PostgreSQL has no database of this name. Create it, or correct the name in DATABASE_URL.'],
  [/^42501/, 'the user may not create tables in this database. Grant it CREATE on the schema.'],
  [/^25006/, 'the database is read-only. Let DATABASE_URL name the primary.'],
  [/^53300/, 'PostgreSQL has no connection left. Raise its max_connections, or lower DATABASE_CONNECTIONS.'],
  [/^57P03/, 'PostgreSQL is starting up. Try again in a moment.'],
];

function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // libSQL gives no code to a file that it cannot open (0.5): "...: 14" is SQLITE_CANTOPEN.
  const code = message.startsWith('ConnectionFailed') ? 'SQLITE_CANTOPEN' : codeOf(error);
  const known = EXPLAINED.find(([codes]) => codes.test(code));
  if (known) return known[1];
  return `${(message || code).replace(/\.$/, '')}. Check DATABASE_URL and its permissions.`;
}
