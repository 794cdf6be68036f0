/** One entry of the timeline, as the demo's server and its pages exchange it. */
import * as v from 'valibot';

/** Who did it: a person, the element on the page, the proxy, or Chargebee. */
export type Actor = 'person' | 'page' | 'proxy' | 'chargebee';

export interface TimelineEntry {
  readonly id: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly actor: Actor;
  /** For whom, in one word: a first name, or the program that called. */
  readonly who: string;
  readonly what: string;
  /** The result in a few words; may be empty. */
  readonly about: string;
  readonly isRefused?: boolean;
  /** All details; never contains a secret. */
  readonly json: unknown;
}

/** Adds an entry. */
export type Note = (entry: Omit<TimelineEntry, 'id'>) => void;

/** What a page reports. The session says who is signed in. */
export const PageReport = v.array(
  v.object({
    actor: v.picklist(['person', 'page']),
    at: v.pipe(v.number(), v.integer()),
    what: v.pipe(v.string(), v.maxLength(100)),
    about: v.pipe(v.string(), v.maxLength(200)),
    json: v.unknown(),
  }),
);
export type PageReport = v.InferOutput<typeof PageReport>;
