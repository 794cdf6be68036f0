/** Calls to Chargebee that wait until a test lets them go: so it can look at what happens before their answers, at any speed. */
export function heldCalls(operation: string) {
  const waiting: (() => void)[] = [];
  let isHolding = false;

  const fetchHeld: typeof fetch = async (url, init) => {
    if (isHolding && new URL(String(url)).pathname.endsWith(`/${operation}`)) {
      await new Promise<void>((go) => waiting.push(go));
    }
    return fetch(url, init);
  };

  return {
    /** For the proxy; every call passes until `hold`. */
    fetch: fetchHeld,
    hold: () => void (isHolding = true),
    /** How many wait now. */
    count: () => waiting.length,
    letGo() {
      isHolding = false;
      for (const go of waiting.splice(0)) go();
    },
  };
}
