/** The languages besides English. Each is a file of its own: a visitor loads the one that the page speaks. */
import type { Strings } from './words.js';

export const dictionaries: Readonly<Record<string, () => Promise<Strings>>> = {
  ar: async () => (await import('./ar.js')).ar,
  de: async () => (await import('./de.js')).de,
  es: async () => (await import('./es.js')).es,
  fr: async () => (await import('./fr.js')).fr,
  ja: async () => (await import('./ja.js')).ja,
  nl: async () => (await import('./nl.js')).nl,
  pt: async () => (await import('./pt.js')).pt,
};
