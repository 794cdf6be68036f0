/**
 * Answers in place of Chargebee as fast as possible: the same offer for everybody with a new id each time, and 204 for every
 * event. It does nothing more, because its time is part of what is measured.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const LIFETIME_SECONDS = 60 * 60;

let issued = 0;

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    if (request.url === '/api/v2/personalized_offers') {
      response.setHeader('Content-Type', 'application/json;charset=utf-8');
      response.end(JSON.stringify(personalizedOffers()));
    } else {
      response.writeHead(204).end();
    }
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.once('SIGINT', () => process.exit(0));

function personalizedOffers() {
  return {
    personalized_offers: [
      {
        id: `analytics-unlock_${(issued += 1)}`,
        offer_id: 'analytics-unlock',
        content: {
          title: '<div class="slate-p">Unlock Advanced Analytics</div>',
          description:
            '<div class="slate-p">See <strong>why</strong> your numbers move: cohorts, funnels and forecasts.</div>',
        },
        options: [
          {
            id: 'unlock',
            label: 'Unlock now',
            processing_type: 'url_redirect',
            redirect_url: 'https://app.example/upgrade',
          },
        ],
      },
    ],
    brand: { id: 'acme', name: 'Acme' },
    expires_at: Math.floor(Date.now() / 1_000) + LIFETIME_SECONDS,
  };
}
