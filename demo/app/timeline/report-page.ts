/**
 * What the page tells the timeline of itself: that it was opened, and every event that the element fires. It hears them
 * at the document, as any page could, and stops none.
 */
import type { OfferEventMap } from '../../../widget/flow/event-map.js';
import type { PageReport } from './timeline-entry.js';

type Report = PageReport[number];

const HEARD: Readonly<Record<keyof OfferEventMap, true>> = {
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
  'offer-unlocked': true,
  'offer-viewed': true,
};

/** Starts to listen; `send` brings the reports to the server, and must outlive the page. */
export function reportPage(send: (report: Report) => void): void {
  const title = document.title.replace(/ · .*/, '');
  const url = () => location.pathname + location.search;

  addEventListener('pageshow', ({ persisted }) => {
    // Once the page shows, its first events may have passed; what opened it came before them.
    const at = persisted ? Date.now() : Math.floor(performance.timeOrigin);
    const what = `${persisted ? 'Came back to' : 'Opened'} ${title}`;
    send({ actor: 'person', at, what, about: '', json: { url: url() } });
  });

  for (const type of Object.keys(HEARD)) {
    document.addEventListener(type, (event) => {
      const json = fieldsOf(event);
      send({ actor: 'page', at: Date.now(), what: type, about: wordsOf(json), json });
    });
  }
}

/** What the element's own classes add to an event. */
function fieldsOf(event: Event): Record<string, unknown> {
  const fields = Object.entries(event).filter(([name]) => name !== 'isTrusted');
  return Object.fromEntries(
    fields.map(([name, value]) => [name, value instanceof Error ? { message: value.message } : value]),
  );
}

function wordsOf({ option, outcome, feature, access, why, code, acceptedBefore }: Record<string, unknown>): string {
  const label = textOf(option, 'label');
  const words = [label && `“${label}”`, textOf(outcome, 'status'), feature, access, why, code, acceptedBefore];
  return words.filter((word) => typeof word === 'string').join(', ');
}

function textOf(value: unknown, name: string): string | undefined {
  const text: unknown = value && typeof value === 'object' ? Reflect.get(value, name) : undefined;
  return typeof text === 'string' ? text : undefined;
}
