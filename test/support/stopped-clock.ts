/** A clock that stands still: a test sees who waits for how long, and ends the waits. */
import type { Wait } from '../../widget/flow/wait.js';

export function stoppedClock() {
  let waiting: { readonly ms: number; readonly end: () => void }[] = [];

  const wait: Wait = (ms, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const one = { ms, end: resolve };
      waiting.push(one);
      signal.addEventListener('abort', () => {
        waiting = waiting.filter((each) => each !== one);
        reject(signal.reason);
      });
    });

  return {
    wait,
    /** How long each wait is that has not ended. */
    waits: () => waiting.map(({ ms }) => ms),
    /** Their time has come. */
    endWaits() {
      for (const { end } of waiting.splice(0)) end();
    },
  };
}
