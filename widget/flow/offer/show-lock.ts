/**
 * The right to show an offer: one element in one tab has it at a time. It is a Web Lock, so the browser itself hands it to
 * the next one, even when a tab crashes. Without locks (a page without TLS, a browser that keeps nothing for the site), every
 * element may show.
 */
export class ShowLock {
  readonly #onLost: () => void;
  #name: string | undefined;
  #release = (): void => {};

  /** @param onLost called when another element takes the lock away. */
  constructor(onLost: () => void) {
    this.#onLost = onLost;
  }

  /**
   * @returns whether it is ours, or nobody can have it. With a `signal` in the options it waits until then, or until the signal
   * is aborted.
   */
  take(name: string, options: LockOptions): Promise<boolean> {
    if (name === this.#name || !navigator.locks) return Promise.resolve(true);
    return new Promise((resolve) => {
      const hold = (lock: Lock | null) => {
        if (!lock) return resolve(false);
        this.release();
        this.#name = name;
        return new Promise<void>((release) => {
          this.#release = release;
          resolve(true);
        });
      };
      navigator.locks.request(`upgrade-offer ${name}`, options, hold).catch(() => {
        if (this.#name !== name) return resolve(true);
        this.#name = undefined;
        this.#onLost();
      });
    });
  }

  release(): void {
    this.#name = undefined;
    this.#release();
  }
}

/**
 * Opens the browser's lock manager: the first use on a page takes 3 to 14 ms (Chromium 156). To be called while the proxy is
 * asked, so that the offer does not wait for it.
 */
export function openLocks(): void {
  navigator.locks?.query().catch(() => {});
}
