/**
 * Work that the instances share: one of them does it soon after it starts, unless another one did within the period, and
 * then once in each period. The lease is held for the whole period, so neither a restart nor a cron trigger repeats the work.
 */
import { SHARED_WORK_FIRST_LOOK_MS, SHARED_WORK_LOOK_MS } from '../constants.js';
import type { Log } from '../log.js';
import type { Leases } from './leases.js';

interface SharedWorkOptions<Result> {
  readonly name: string;
  readonly everyMs: number;
  /**
   * Once `isStopping` says so, what is left waits for the next period. It is no AbortSignal, because on Workers a signal
   * belongs to the request that created it.
   */
  readonly work: (isStopping: () => boolean) => Promise<Result>;
  readonly leases: Leases;
  readonly log: Log;
}

export function createSharedWork<Result>({ name, everyMs, work, leases, log }: SharedWorkOptions<Result>) {
  let isStopped = false;
  let firstLook: ReturnType<typeof setTimeout> | undefined;
  let looks: ReturnType<typeof setInterval> | undefined;
  let underWay: Promise<unknown> | undefined;

  /** @returns undefined if another instance does it, or did it within the period. */
  async function doIfDue(): Promise<Result | undefined> {
    return (await leases.take(name, everyMs)) ? work(() => isStopped) : undefined;
  }

  function look(): void {
    underWay ??= doIfDue()
      .catch((error: unknown) => log.error({ err: error, work: name }, 'Failed to do the work that instances share.'))
      .finally(() => {
        underWay = undefined;
      });
  }

  function start(): void {
    firstLook ??= setTimeout(look, SHARED_WORK_FIRST_LOOK_MS).unref();
    looks ??= setInterval(look, SHARED_WORK_LOOK_MS).unref();
  }

  /** Resolves when the work under way has ended. */
  async function stop(): Promise<void> {
    clearTimeout(firstLook);
    clearInterval(looks);
    isStopped = true;
    await underWay;
  }

  return { doIfDue, start, stop };
}
