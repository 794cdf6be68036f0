/** What the widget remembers until the tab is closed. Where the browser stores nothing for this page, it remembers nothing. */
const PREFIX = 'upgrade-offer:';

/** Check what comes back: any script of this origin can have written it. */
export function recall(name: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + name) ?? 'null');
  } catch {
    return null;
  }
}

export function keep(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A page without storage works too. It only forgets.
  }
}

export function forget(name: string): void {
  try {
    sessionStorage.removeItem(PREFIX + name);
  } catch {
    // Nothing was kept.
  }
}
