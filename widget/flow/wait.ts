/** A pause that ends early when it is no longer wanted. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** The longest delay that a browser's timer holds. A longer one ends at once. */
export const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** Resolves after `ms` milliseconds. Rejects with the reason of `signal`, and then leaves no timer behind. */
export const wait: Wait = (ms, signal) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', stop);

    function done() {
      signal.removeEventListener('abort', stop);
      resolve();
    }

    function stop() {
      clearTimeout(timer);
      reject(signal.reason);
    }
  });

/** What `promise` brings, unless `signal` is aborted first: then it rejects with its reason. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}

/** How far a timer may be behind the clock: it stands still while the machine sleeps. */
const STEP_MS = 60_000;

/** Resolves when this browser's clock says `at`. Rejects as `wait` does. */
export async function waitUntil(at: number, wait: Wait, signal: AbortSignal): Promise<void> {
  while (at > Date.now()) await wait(Math.min(at - Date.now(), STEP_MS), signal);
}

/** How long ago `at` was by this browser's clock. Where the clock was set back meanwhile: long ago. */
export function ageMs(at: number): number {
  return Math.abs(Date.now() - at);
}
