/**
 * What a chunk that only some pages ask for adds to the offer. These chunks have plain names and may come from another version,
 * so they import types only, and are given what they need.
 */
import type { ReactiveControllerHost } from '@lit/reactive-element';
import type { html } from 'lit/html.js';
import type { Offer } from '../../../proxy/contract.js';
import type { Layout } from '../../flow/layout.js';
import type { Drawn } from '../content.js';
import type { SpokenStrings } from '../words/words.js';

/** What the page says beside an option. It is shown as it is: nothing of it comes from Chargebee. */
export interface OptionNote {
  /** In the row, in place of the label of the option's button: "Team" where the button says "Go to Team". */
  readonly name?: string;
  readonly note?: string;
  readonly price?: string;
  readonly badge?: string;
}

/** By the ids of the options. */
export type OptionNotes = Readonly<Record<string, OptionNote>>;

export const MEDIA_LAYOUTS = ['top', 'side', 'bleed'] as const;
export type MediaLayout = (typeof MEDIA_LAYOUTS)[number];

export const ICON_NAMES = ['arrow-up', 'lock', 'gauge', 'users', 'sparkle', 'gift'] as const;
export type IconName = (typeof ICON_NAMES)[number];

/** The element, as far as extras concern it. */
export interface ExtrasHost extends HTMLElement, ReactiveControllerHost {
  readonly optionNotes: OptionNotes | undefined;
  readonly mediaLayout: string | undefined;
  readonly meter: string | undefined;
  readonly icon: string | undefined;
  /** The customer is told when the offer ends. */
  readonly deadline: boolean;
  readonly feature: string | undefined;
  readonly used: number | undefined;
  /** The id of the option that the customer has chosen. */
  chosenOption?: string | undefined;
}

/** Asks the proxy. */
export type Ask = (path: readonly string[], options?: { readonly signal?: AbortSignal }) => Promise<unknown>;

/** The offer that is drawn, and what it is drawn with. */
export interface Stage {
  readonly host: ExtrasHost;
  readonly offer: Offer;
  readonly layout: Layout;
  /** The option that was pressed, while its acceptance is on its way. */
  readonly pressed: string | undefined;
  readonly html: typeof html;
  readonly words: SpokenStrings;
  /** The BCP 47 tag of the words. */
  readonly language: string;
}

export interface Extra {
  readonly sheet?: string;
  /** Fetches what it takes to draw. Never rejects, and never keeps the offer waiting for long. */
  prepare?(host: ExtrasHost, ask: Ask): Promise<void>;
  add?(drawn: Drawn, stage: Stage): Drawn;
  /** After each drawing of an offer. */
  drawn?(stage: Stage): void;
}
