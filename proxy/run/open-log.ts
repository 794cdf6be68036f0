/**
 * The log of a process: JSON lines on stdout. They are written some at a time, because a write for each would cost as much as
 * a look at the store. An error is written at once with what came before it, and so is everything when the process ends or
 * crashes. A process that is killed (`SIGKILL`, out of memory) loses the other lines of its last `LOG_FLUSH_MS`; what must
 * never be lost is in the store.
 */
import { destination, pino, stdSerializers } from 'pino';
import { LOG_CHUNK_BYTES, LOG_FLUSH_MS } from '../constants.js';
import type { Log } from '../log.js';

export interface OpenLog extends Log {
  /** Resolves when every line so far is written. Without it, an exit loses what waits for room in a full pipe. */
  written(): Promise<void>;
}

/** @param file the descriptor of an open file. */
export function openLog(level: string, file: number = process.stdout.fd): OpenLog {
  // It writes the rest when the process exits.
  const stream = destination({ dest: file, minLength: LOG_CHUNK_BYTES, sync: false });
  // The usual one adds the message of the cause, which ours already quotes.
  const logger = pino({ level, serializers: { err: stdSerializers.errWithCause } }, { write });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isUrgent = false;

  function write(line: string): void {
    stream.write(line);
    timer ??= setTimeout(flush, LOG_FLUSH_MS).unref();
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    stream.flush();
  }

  // While it writes, a flush does nothing.
  stream.on('drain', () => {
    if (!isUrgent) return;
    isUrgent = false;
    flush();
  });

  function written(): Promise<void> {
    return new Promise((resolve) => {
      // Before the other listener, which would begin to write again. A write leaves behind what has come in meanwhile.
      stream.prependOnceListener('drain', () => {
        stream.flushSync();
        resolve();
      });
      // Nobody reads the log any more.
      stream.once('error', () => resolve());
      flush();
    });
  }

  return {
    info: (facts, message) => logger.info(facts, message),
    warn: (facts, message) => logger.warn(facts, message),
    error(facts, message) {
      logger.error(facts, message);
      isUrgent = true;
      flush();
    },
    written,
  };
}
