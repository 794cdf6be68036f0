/** The languages besides English. Each is a file of its own: a visitor loads the one that the page speaks. */
import type { Strings } from './words.js';

/** A module that exports the words under the name of their language. */
type Dictionary = Readonly<Record<string, Strings>>;

export const dictionaries: Readonly<Record<string, () => Promise<Dictionary>>> = {
  ar: () => import('./ar.js'),
  de: () => import('./de.js'),
  es: () => import('./es.js'),
  fr: () => import('./fr.js'),
  ja: () => import('./ja.js'),
  nl: () => import('./nl.js'),
  pt: () => import('./pt.js'),
};
