/** What is under way: a process or a request that ends waits for it, before it closes what that needs. */
import type { Log } from '../log.js';

export function createBackground(log: Log) {
  const works = new Set<Promise<unknown>>();

  function add(work: Promise<unknown>): void {
    const ended: Promise<unknown> = work.finally(() => works.delete(ended));
    works.add(ended);
  }

  /** Work that goes on after its answer. Nobody waits for the result any more, so the log hears of a failure. */
  function keepAlive(work: Promise<unknown>): void {
    add(work.catch((error: unknown) => log.error({ err: error }, 'Failed to finish what goes on after an answer.')));
  }

  /** Work that somebody else waits for, who hears of its failure. */
  function during<T>(work: Promise<T>): Promise<T> {
    add(work.catch(() => {}));
    return work;
  }

  /** Resolves when what goes on now has ended. */
  async function settled(): Promise<void> {
    await Promise.all(works);
  }

  /** Resolves when nothing goes on any more, including what has begun meanwhile. */
  async function idle(): Promise<void> {
    while (works.size > 0) await settled();
  }

  return { keepAlive, during, settled, idle };
}
