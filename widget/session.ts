/** What the element remembers until the tab is closed. Where the browser keeps nothing for this page, it forgets at once. */
const PREFIX = 'upgrade-offer:';

/** To be judged by the caller: anything else on this origin can have written it. */
export function recall(name: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + name) ?? 'null');
  } catch {
    return null;
  }
}

/** @param value `undefined` forgets. */
export function remember(name: string, value?: unknown): void {
  try {
    if (value === undefined) sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A page without storage works, too; it only forgets.
  }
}
