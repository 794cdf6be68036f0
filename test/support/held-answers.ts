/** A network that holds back Chargebee's answers to one kind of call until the test lets them arrive. */

export type Change = (answer: Response) => Response | Promise<Response>;

export interface HeldAnswers {
  readonly fetch: typeof fetch;
  /** Resolves when Chargebee has carried out the first such call. */
  readonly arrived: Promise<void>;
  /** Lets the answer through, and all that come after it. */
  release(): void;
}

/**
 * @param call the method and the end of the path, such as `POST /offer_fulfillments`.
 * @param change what arrives instead of Chargebee's answer; it may throw, as a lost connection does.
 */
export function holdAnswers(call: RegExp, change: Change = (answer) => answer): HeldAnswers {
  const arrived = latch();
  const released = latch();
  return {
    arrived: arrived.promise,
    release: released.open,
    async fetch(url, init) {
      const answer = await fetch(url, init);
      if (!call.test(`${init?.method} ${String(url)}`)) return answer;
      arrived.open();
      await released.promise;
      return change(answer);
    },
  };
}

function latch(): { promise: Promise<void>; open: () => void } {
  let open = (): void => {};
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}
