/** `npm run bench -- --soak`: ten minutes at a steady rate, to find memory that grows and answers that slow down. */
import { table } from '../../proxy/run/table.js';
import { load, type Request } from './load.js';
import { issueOffers, startProxy } from './proxy-process.js';

const MINUTES = 10;
const REQUESTS_PER_SECOND = 500;
const MEGABYTE = 1_000_000;

/** Nine of ten requests ask for an issued offer, one of ten reports an event. */
export async function soak(folder: string, chargebeeUrl: string, customers: readonly string[]): Promise<void> {
  const proxy = await startProxy(folder, chargebeeUrl, 'soak');
  const offers = await issueOffers(proxy, customers);
  const { origin } = new URL(proxy.url);
  const request = (index: number): Request => {
    const token = customers[index % customers.length] ?? '';
    return index % 10 === 0
      ? { path: `/upgrade-offer/offers/${offers[index % offers.length]}/events`, body: { type: 'viewed' }, token }
      : { path: '/upgrade-offer/offers', body: {}, token };
  };
  const rows: string[][] = [];
  for (let minute = 1; minute <= MINUTES; minute += 1) {
    const requests = Array.from({ length: REQUESTS_PER_SECOND * 60 }, (_, index) => request(index));
    const rate = await load(origin, requests, { perSecond: REQUESTS_PER_SECOND });
    rows.push([String(minute), `${Math.round(rate)}/s`, `${Math.round(proxy.residentBytes() / MEGABYTE)} MB`]);
  }
  await proxy.stop();
  console.log(`\n${table([['MINUTE', 'ANSWERED', 'MEMORY'], ...rows])}`);
}
