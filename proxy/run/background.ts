/** The work that goes on after its answer: a process or a request that ends waits for it. */
import type { Log } from '../log.js';

export function createBackground(log: Log) {
  const works = new Set<Promise<unknown>>();

  /** Nobody waits for the result any more, so the log hears of a failure. */
  function keepAlive(work: Promise<unknown>): void {
    const ended = work
      .catch((error: unknown) => log.error({ err: error }, 'Failed to finish what goes on after an answer.'))
      .finally(() => works.delete(ended));
    works.add(ended);
  }

  /** Resolves when what goes on now has ended. */
  async function settled(): Promise<void> {
    await Promise.all(works);
  }

  return { keepAlive, settled };
}
