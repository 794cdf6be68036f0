/**
 * What a page reports to the timeline: that it was opened, and every event of the element or of a flow. It listens as any page
 * could, and prevents nothing.
 */
import type { OfferEventMap } from '../../../widget/flow/event-map.js';
import type { PageReport } from './timeline-entry.js';

type Report = PageReport[number];

const EVENT_TYPES: Readonly<Record<keyof OfferEventMap, true>> = {
  'offer-accept': true,
  'offer-accepted': true,
  'offer-checkout': true,
  'offer-dismiss': true,
  'offer-dismissed': true,
  'offer-error': true,
  'offer-failed': true,
  'offer-fulfilled': true,
  'offer-none': true,
  'offer-ready': true,
  'offer-redirect': true,
  'offer-snoozed': true,
  'offer-unlocked': true,
  'offer-viewed': true,
};

/** @param send sends a report to the server, also while the page is being left. */
export function recordPage(send: (report: Report) => void): void {
  const title = document.title.replace(/ · .*/, '');
  const url = () => location.pathname + location.search;

  addEventListener('pageshow', ({ persisted }) => {
    // `pageshow` may come after the element's first events, so the report carries the time of the navigation.
    const at = persisted ? Date.now() : Math.floor(performance.timeOrigin);
    const what = `${persisted ? 'Came back to' : 'Opened'} ${title}`;
    send({ actor: 'person', at, what, about: '', json: { url: url() } });
  });
}

/**
 * @param target the document for all elements of the page, or a flow.
 * @returns ends it.
 */
export function recordEvents(target: EventTarget, send: (report: Report) => void): () => void {
  const recording = new AbortController();
  for (const type of Object.keys(EVENT_TYPES)) {
    const heard = (event: Event) => {
      const json = fieldsOf(event);
      send({ actor: 'page', at: Date.now(), what: type, about: wordsOf(json), json });
    };
    target.addEventListener(type, heard, { signal: recording.signal });
  }
  return () => recording.abort();
}

/** The fields that the element's event classes add. */
function fieldsOf(event: Event): Record<string, unknown> {
  const fields = Object.entries(event).filter(([name]) => name !== 'isTrusted');
  return Object.fromEntries(
    fields.map(([name, value]) => [name, value instanceof Error ? { message: value.message } : value]),
  );
}

function wordsOf(fields: Record<string, unknown>): string {
  const { offer, option, outcome, feature, access, why, code, acceptedBefore } = fields;
  const label = textOf(option, 'label');
  const click = [label && `“${label}”`, textOf(option, 'action'), textOf(outcome, 'status')];
  const words = [...click, feature, access, why, code, acceptedBefore, textOf(offer, 'campaignId')];
  return words.filter((word) => typeof word === 'string').join(', ');
}

function textOf(value: unknown, name: string): string | undefined {
  const text: unknown = value && typeof value === 'object' ? Reflect.get(value, name) : undefined;
  return typeof text === 'string' ? text : undefined;
}
