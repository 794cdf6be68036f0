/**
 * The right to show an offer, which one element in one tab has at a time. It is a Web Lock: the browser itself gives it to
 * the next one, also when a tab crashes. Where there are no locks (a page without TLS), everybody may show.
 */
export class Claim {
  readonly #onLost: () => void;
  #name: string | undefined;
  #release = (): void => {};

  /** @param onLost called when another element takes the claim away. */
  constructor(onLost: () => void) {
    this.#onLost = onLost;
  }

  /** Whether it is ours; with a `signal` in the options it waits until it is. */
  take(name: string, options: LockOptions): Promise<boolean> {
    if (name === this.#name || !navigator.locks) return Promise.resolve(true);
    return new Promise((resolve, reject) => {
      const hold = (lock: Lock | null) => {
        if (!lock) return resolve(false);
        this.release();
        this.#name = name;
        return new Promise<void>((release) => {
          this.#release = release;
          resolve(true);
        });
      };
      navigator.locks.request(`upgrade-offer ${name}`, options, hold).catch((error: unknown) => {
        if (this.#name !== name) return reject(error);
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
