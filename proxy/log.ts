/** What the proxy needs of a logger, a part of pino's, so that a host can pass its own; and pino, as the proxy opens it. */
import { destination, pino } from 'pino';
import { LOG_CHUNK_BYTES, LOG_FLUSH_MS } from './constants.js';

export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** Lines go out some at a time: to write each by itself costs as much as to answer the request. The end of the process waits for them. */
export function openLog(level: string): Log {
  return pino({ level }, destination({ minLength: LOG_CHUNK_BYTES, periodicFlush: LOG_FLUSH_MS, sync: false }));
}
