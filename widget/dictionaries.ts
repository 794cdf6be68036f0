/** The languages besides English, each a chunk of its own: a visitor loads the one that is spoken. */
import type { Strings } from './strings.js';

export const dictionaries: Record<string, () => Promise<Strings>> = {
  ar: async () => (await import('./dictionaries/ar.js')).ar,
  de: async () => (await import('./dictionaries/de.js')).de,
  es: async () => (await import('./dictionaries/es.js')).es,
  fr: async () => (await import('./dictionaries/fr.js')).fr,
  ja: async () => (await import('./dictionaries/ja.js')).ja,
  nl: async () => (await import('./dictionaries/nl.js')).nl,
  pt: async () => (await import('./dictionaries/pt.js')).pt,
};
