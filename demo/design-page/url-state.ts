/**
 * What a page knows stands in its URL, typed: a link shows a colleague the same thing, and Back undoes. Values that are as
 * usual are left out. What stands in a URL can be anybody's, so each field reads what makes sense and nothing else.
 */

/** How one value is written in the URL. */
export interface Field<T> {
  readonly usual: T;
  /** Undefined when it makes no sense. */
  read(text: string): T | undefined;
  write(value: T): string;
}

export type Fields<S> = { readonly [K in keyof S]: Field<S[K]> };

/** What a page knows, by the fields it has. */
export type StateOf<F> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

export interface UrlState<S> {
  readonly current: S;
  /**
   * Calls the listeners, unless nothing changes.
   * @param isStep whether Back leads to what was before; a slider or a search would make a step of each letter.
   */
  set(change: Partial<S>, isStep?: boolean): void;
  /** Of this page with the change, for links. Relative, so that it works wherever the page is served. */
  href(change: Partial<S>): string;
  /** Runs at once, and then after each change. */
  watch(listener: (state: S) => void): void;
}

export function urlState<S extends object>(fields: Fields<S>): UrlState<S> {
  const listeners = new Set<(state: S) => void>();
  let current = readState(fields, location.search);

  addEventListener('popstate', () => {
    current = readState(fields, location.search);
    tell();
  });

  return {
    get current() {
      return current;
    },
    set(change, isStep = true) {
      const href = hrefOf(fields, { ...current, ...change });
      if (href === hrefOf(fields, current)) return;
      current = { ...current, ...change };
      history[isStep ? 'pushState' : 'replaceState'](null, '', href);
      tell();
    },
    href: (change) => hrefOf(fields, { ...current, ...change }),
    watch(listener) {
      listeners.add(listener);
      listener(current);
    },
  };

  function tell(): void {
    for (const listener of listeners) listener(current);
  }
}

export function readState<S extends object>(fields: Fields<S>, search: string): S {
  const query = new URLSearchParams(search);
  const state: Partial<S> = {};
  for (const name in fields) {
    const text = query.get(name);
    const { usual, read } = fields[name];
    state[name] = (text === null ? undefined : read(text)) ?? usual;
  }
  // Complete: the loop has been through every field.
  return state as S;
}

/** `?` and what differs from the usual; `?` alone when nothing does. */
export function hrefOf<S extends object>(fields: Fields<S>, state: S): string {
  const query = new URLSearchParams();
  for (const name in fields) {
    const { usual, write } = fields[name];
    const text = write(state[name]);
    if (text !== write(usual)) query.set(name, text);
  }
  return `?${query}`;
}

/** One of a closed list; the first one is usual when no other is named. */
export function choice<const T extends string>(choices: readonly [T, ...T[]], usual: T = choices[0]): Field<T> {
  return { usual, read: (text) => choices.find((known) => known === text), write: (value) => value };
}

export function text(usual = ''): Field<string> {
  return { usual, read: (text) => text, write: (value) => value };
}

export function flag(): Field<boolean> {
  return { usual: false, read: (text) => text === 'yes', write: (value) => (value ? 'yes' : '') };
}
