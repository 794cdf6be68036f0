/** A page with elements that ask for an offer. Its proxy has fixed answers, so that only the element's own cost is measured. */
import { Hono } from 'hono';
import { listen, type Listening } from '../../proxy/run/listen.js';
import type { Offer, OfferAnswer, Outcome } from '../../proxy/contract.js';
import { BROTLI_HEADERS, brotliScripts } from './brotli-scripts.js';

export type Element = 'upgrade-offer' | 'vanilla-offer';

export interface OfferPage {
  readonly element?: Element;
  readonly script?: 'module' | 'classic';
  readonly layout?: 'inline' | 'banner' | 'modal';
  /** The language of the page. */
  readonly lang?: string;
  readonly count?: number;
  /** False when Chargebee has no offer for this customer. */
  readonly hasOffer?: boolean;
}

/** What the page records: moments in milliseconds since it was opened. */
declare global {
  interface Window {
    /** The parser has reached the script. */
    startedAt?: number;
    /** An offer can be acted on. */
    readyAt?: number;
    /** That offer has been painted. */
    paintedAt?: number;
    /** The element has found that there is no offer. */
    noneAt?: number;
    /** How many elements show an offer. */
    ready: number;
  }
}

export async function serveOfferPage(): Promise<Listening> {
  const widget = brotliScripts('dist/widget');
  const vanilla = brotliScripts('test/measures');
  const app = new Hono();
  let issued = 0;
  app.get('/', (c) => c.html(page(JSON.parse(c.req.query('page') ?? '{}') as OfferPage)));
  app.get('/vanilla-offer.js', async (c) => c.body(await vanilla('vanilla-offer.js'), 200, BROTLI_HEADERS));
  app.get('/:proxy/:file{[\\w.-]+\\.js}', async (c) => c.body(await widget(c.req.param('file')), 200, BROTLI_HEADERS));
  app.post('/none/offers', (c) => c.json({ offer: null, why: 'no_match' } satisfies OfferAnswer));
  app.post('/upgrade-offer/offers', (c) => c.json({ offer: offer((issued += 1)) } satisfies OfferAnswer));
  app.post('/upgrade-offer/offers/:id/events', (c) => c.body(null, 202));
  app.post('/upgrade-offer/offers/:id/fulfillments', (c) =>
    c.json({ status: 'completed', fulfillmentId: 'ful_1' } satisfies Outcome),
  );
  return listen(app, { host: '127.0.0.1', port: 0 });
}

export function addressOf({ url }: Listening, page: OfferPage): string {
  return `${url}/?${new URLSearchParams({ page: JSON.stringify(page) })}`;
}

/** Each element asks a question of its own, because elements with the same question share one answer. */
function page({ element = 'upgrade-offer', layout = 'inline', lang = 'en', count = 1, ...rest }: OfferPage): string {
  const elements = Array.from(
    { length: count },
    (_, index) => `<${element} token="x" layout="${layout}" context='{"visit":${index}}'></${element}>`,
  );
  return `<!doctype html>
    <html lang="${lang}">
      <head>
        <title>${element}</title>
        <link rel="icon" href="data:," />
        <script>
          window.ready = 0;
          addEventListener('offer-none', () => (window.noneAt = performance.now()));
          addEventListener('offer-ready', () => {
            window.ready += 1;
            window.readyAt = performance.now();
            requestAnimationFrame(() => setTimeout(() => (window.paintedAt = performance.now())));
          });
        </script>
      </head>
      <body>
        ${elements.join('\n')}
        <script>
          window.startedAt = performance.now();
        </script>
        ${tag(element, rest)}
      </body>
    </html>`;
}

/** The element calls the proxy that served its script. */
function tag(element: Element, { script = 'module', hasOffer = true }: OfferPage): string {
  if (element === 'vanilla-offer') return '<script type="module" src="/vanilla-offer.js"></script>';
  const proxy = hasOffer ? '/upgrade-offer' : '/none';
  return script === 'module'
    ? `<script type="module" src="${proxy}/upgrade-offer.js"></script>`
    : `<script defer src="${proxy}/upgrade-offer.classic.js"></script>`;
}

function offer(number: number): Offer {
  return {
    id: `offer_${number}`,
    title: `<div>Unlock Advanced Analytics ${number}</div>`,
    description: '<div>Get advanced dashboards, deeper insights, and <b>custom</b> reports.</div>',
    options: [{ id: 'opt_1', label: 'Unlock now', action: 'redirect' }],
    expiresAt: Date.now() + 3_600_000,
  };
}
