/** One line of the timeline: the shape that the demo's server and the page beside the app agree on. */
import * as v from 'valibot';

/** Who did it: somebody at the screen, the element on the page, the proxy, or Chargebee. */
export type Actor = 'person' | 'page' | 'proxy' | 'chargebee';

export interface TimelineEntry {
  readonly id: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly actor: Actor;
  /** On whose behalf, in a word: a first name, or the program that called. */
  readonly who: string;
  readonly what: string;
  /** What came of it, in few words; may be empty. */
  readonly about: string;
  readonly isRefused?: boolean;
  /** All there is to know; never holds a secret. */
  readonly json: unknown;
}

/** Writes down what happened as it happens. */
export type Note = (entry: Omit<TimelineEntry, 'id'>) => void;

/** What a page tells of itself. Who is signed in follows from the session. */
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
