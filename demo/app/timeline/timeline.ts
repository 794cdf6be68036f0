/**
 * The timeline that the demo shows beside the sample app: everything that happened, on all pages and in all browsers, in
 * one order. It only observes: the calls that pass through the demo's server, the reports of the pages, and the records
 * of the Chargebee stand-in. The app, the proxy and the widget know nothing about it.
 */
import { Hono, type MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { validator } from 'hono/validator';
import * as v from 'valibot';
import type { SandboxRecords } from '../../sandbox/records.js';
import { createSession, type SignedIn } from '../backend/session.js';
import { appRecorder } from './app-recorder.js';
import { chargebeeEntries } from './chargebee-entries.js';
import { PageReport, type Note, type TimelineEntry } from './timeline-entry.js';
import { proxyRecorder } from './proxy-recorder.js';

export interface TimelineOptions {
  /** The secret of the app's session cookie, which says who sent a report. */
  sessionSecret: string;
  records: () => SandboxRecords;
  now?: () => number;
}

export interface Timeline {
  /** `GET`, `POST` and `DELETE /entries` */
  readonly app: Hono<SignedIn>;
  /** Mount it before the API of the app's backend. */
  readonly recordAppCalls: MiddlewareHandler;
  /** Mount it before the proxy. */
  readonly recordProxyCalls: MiddlewareHandler;
}

/** Enough for an afternoon. Older Chargebee entries are still in the stand-in's own records. */
const ENTRIES_KEPT = 400;

export function createTimeline({ sessionSecret, records, now = Date.now }: TimelineOptions): Timeline {
  const session = createSession(sessionSecret);
  let noted: TimelineEntry[] = [];
  let notedEver = 0;
  let clearedAt = 0;
  const firstSeen = new Map<string, number>();

  const note: Note = (entry) => {
    noted = [...noted, { id: `noted-${++notedEver}`, ...entry }].slice(-ENTRIES_KEPT);
  };
  /** The stand-in's clock can be ahead. An entry dated in the future gets the time at which it was first seen. */
  const dated = (entry: TimelineEntry): TimelineEntry => {
    if (entry.at <= now()) return entry;
    const at = firstSeen.get(entry.id) ?? now();
    firstSeen.set(entry.id, at);
    return { ...entry, at };
  };
  const isNew = ({ at }: TimelineEntry) => at > clearedAt;

  const app = new Hono<SignedIn>();
  app.use(session.required);

  app.get('/entries', (c) => {
    c.header('Cache-Control', 'no-store');
    const entries = [...noted, ...chargebeeEntries(records()).map(dated)].filter(isNew);
    return c.json(entries.toSorted(byTime).slice(-ENTRIES_KEPT));
  });

  app.post(
    '/entries',
    validator('json', (body) => {
      const { success, output } = v.safeParse(PageReport, body);
      if (!success) throw new HTTPException(400, { message: 'Send a list of what happened on the page.' });
      return output;
    }),
    (c) => {
      for (const report of c.req.valid('json')) note({ who: c.var.user.firstName, ...report });
      return c.body(null, 204);
    },
  );

  app.delete('/entries', (c) => {
    clearedAt = now();
    noted = noted.filter(isNew);
    return c.body(null, 204);
  });

  return { app, recordAppCalls: appRecorder(note, now), recordProxyCalls: proxyRecorder(note, now) };
}

const CALL_ORDER = ['person', 'page', 'proxy', 'chargebee'];

/** Entries of the same millisecond are sorted from caller to callee. */
function byTime(one: TimelineEntry, other: TimelineEntry): number {
  return one.at - other.at || CALL_ORDER.indexOf(one.actor) - CALL_ORDER.indexOf(other.actor);
}
