/**
 * The languages besides English, by their BCP 47 tags, the more special one first. Each is a file of its own: a visitor loads
 * the one that the page speaks.
 */
import type { Strings } from './words.js';

/** A module that exports nothing but its words. */
type Dictionary = Readonly<Record<string, Strings>>;

export const dictionaries: Readonly<Record<string, () => Promise<Dictionary>>> = {
  ar: () => import('./ar.js'),
  'de-x-du': () => import('./de-x-du.js'),
  de: () => import('./de.js'),
  'es-x-tu': () => import('./es-x-tu.js'),
  es: () => import('./es.js'),
  fr: () => import('./fr.js'),
  ja: () => import('./ja.js'),
  nl: () => import('./nl.js'),
  'pt-BR': () => import('./pt-BR.js'),
  pt: () => import('./pt.js'),
};
