/** A page with elements that ask for an offer, and a proxy whose answer costs nothing: what is left is the element's own. */
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { listen } from '../../proxy/run/listen.js';

export type Element = 'upgrade-offer' | 'vanilla-offer';

const SCRIPTS: Record<Element, string> = {
  'upgrade-offer': '/upgrade-offer/upgrade-offer.js',
  'vanilla-offer': '/vanilla-offer.js',
};

export async function serveOfferPage() {
  const vanilla = await readFile('test/measures/vanilla-offer.js', 'utf8');
  let issued = 0;
  const app = new Hono();
  app.get('/', (c) => c.html(page(c.req.query('element') as Element, Number(c.req.query('count') ?? 1))));
  app.get('/vanilla-offer.js', (c) => c.body(vanilla, 200, { 'Content-Type': 'text/javascript' }));
  app.post('/upgrade-offer/offers', (c) => c.json({ offer: offer((issued += 1)), why: 'offered' }));
  app.post('/upgrade-offer/offers/:id/events', (c) => c.body(null, 202));
  const root = fileURLToPath(new URL('../widget', import.meta.url));
  app.get('/upgrade-offer/*', serveStatic({ root, rewriteRequestPath: (path) => path.replace('/upgrade-offer', '') }));
  return listen(app, { host: '127.0.0.1', port: 0 });
}

/** Each element has a question of its own, or they would all share one answer. */
function page(element: Element, count: number): string {
  const elements = Array.from(
    { length: count },
    (_, index) => `<${element} token="x" context='{"visit":${index}}'></${element}>`,
  );
  return `<!doctype html>
    <html lang="en">
      <head>
        <title>${element}</title>
        <link rel="icon" href="data:," />
        <script>
          window.ready = 0;
          addEventListener('offer-ready', () => {
            window.ready += 1;
            requestAnimationFrame(() => setTimeout(() => (window.paintedAt = performance.now())));
          });
        </script>
      </head>
      <body>
        ${elements.join('\n')}
        <script>
          window.startedAt = performance.now();
        </script>
        <script type="module" src="${SCRIPTS[element]}"></script>
      </body>
    </html>`;
}

function offer(number: number) {
  return {
    id: `offer_${number}`,
    title: `<div>Unlock Advanced Analytics ${number}</div>`,
    description: '<div>Get advanced dashboards, deeper insights, and <b>custom</b> reports.</div>',
    options: [{ id: 'opt_1', label: 'Unlock now' }],
    expiresAt: Date.now() + 3_600_000,
  };
}
