/**
 * The state of a page, kept in its URL and typed: a link shows a colleague the same thing, and Back undoes a step.
 * Default values are left out. Anybody can write a URL, so each field accepts only valid values.
 */
import { carriedIn } from './carried.js';

/** How one value is written in the URL. */
export interface Field<T> {
  readonly initial: T;
  /** Undefined when the text is not a valid value. */
  read(text: string): T | undefined;
  write(value: T): string;
}

export type Fields<S> = { readonly [K in keyof S]: Field<S[K]> };

/** The state that a set of fields describes. */
export type StateOf<F> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

export interface UrlState<S> {
  readonly current: S;
  /**
   * Calls the listeners, unless nothing changes.
   * @param isStep whether Back undoes the change. False for sliders and text, which would make a step of each letter.
   */
  set(change: Partial<S>, isStep?: boolean): void;
  /** A link to this page with the change. Relative, so that it works wherever the page is served. */
  href(change: Partial<S>): string;
  /** Calls the listener at once, and then after each change. */
  watch(listener: (state: S) => void): void;
}

export function urlState<S extends object>(fields: Fields<S>): UrlState<S> {
  const listeners = new Set<(state: S) => void>();
  let current = readState(fields, location.search);

  addEventListener('popstate', () => {
    current = readState(fields, location.search);
    notify();
  });

  return {
    get current() {
      return current;
    },
    set(change, isStep = true) {
      const href = ownHref({ ...current, ...change });
      if (href === ownHref(current)) return;
      current = { ...current, ...change };
      history[isStep ? 'pushState' : 'replaceState'](null, '', href);
      notify();
    },
    href: (change) => ownHref({ ...current, ...change }),
    watch(listener) {
      listeners.add(listener);
      listener(current);
    },
  };

  /** With what this page does not show, and the next one may. */
  function ownHref(state: S): string {
    const query = new URLSearchParams(hrefOf(fields, state));
    for (const [name, value] of carriedIn(location.search, fields)) query.set(name, value);
    return `?${query}`;
  }

  function notify(): void {
    for (const listener of listeners) listener(current);
  }
}

export function readState<S extends object>(fields: Fields<S>, search: string): S {
  const query = new URLSearchParams(search);
  const state: Partial<S> = {};
  for (const name in fields) {
    const text = query.get(name);
    const { initial, read } = fields[name];
    state[name] = (text === null ? undefined : read(text)) ?? initial;
  }
  // Complete, because the loop has set every field.
  return state as S;
}

/** `?` and the values that differ from their defaults; `?` alone when none does. */
export function hrefOf<S extends object>(fields: Fields<S>, state: S): string {
  const query = new URLSearchParams();
  for (const name in fields) {
    const { initial, write } = fields[name];
    const text = write(state[name]);
    if (text !== write(initial)) query.set(name, text);
  }
  return `?${query}`;
}

/** One of a closed list. The default is the first one unless another is given. */
export function choice<const T extends string>(choices: readonly [T, ...T[]], initial: T = choices[0]): Field<T> {
  return { initial, read: (text) => choices.find((known) => known === text), write: (value) => value };
}

export function text(initial = ''): Field<string> {
  return { initial, read: (text) => text, write: (value) => value };
}

export function flag(): Field<boolean> {
  return { initial: false, read: (text) => text === 'yes', write: (value) => (value ? 'yes' : '') };
}
