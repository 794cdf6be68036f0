/** What the widget remembers. Where the browser stores nothing for this page, it remembers nothing. */
const PREFIX = 'upgrade-offer:';

/** Until the tab is closed, or for the next visit as well. Looked up by name: a browser may refuse even that. */
type Area = 'sessionStorage' | 'localStorage';

/** Check what comes back: any script of this origin can have written it. */
export function recall(name: string, area: Area = 'sessionStorage'): unknown {
  try {
    return JSON.parse(window[area].getItem(PREFIX + name) ?? 'null');
  } catch {
    return null;
  }
}

export function keep(name: string, value: unknown, area: Area = 'sessionStorage'): void {
  try {
    window[area].setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A page without storage works too. It only forgets.
  }
}

export function forget(name: string, area: Area = 'sessionStorage'): void {
  try {
    window[area].removeItem(PREFIX + name);
  } catch {
    // Nothing was kept.
  }
}
