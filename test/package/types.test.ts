/** The types under the strictest compiler options: libraries are checked too, and nothing named is `any`. */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, inject, it } from 'vitest';

const { pageFolder, proxyFolder } = inject('installed');

const PAGE = `
  import { configure, gate, UpgradeOffer, type Access, type OfferReadyEvent } from 'upgrade-offer';
  import * as defining from 'upgrade-offer/define';

  const offer: UpgradeOffer = document.createElement('upgrade-offer');
  const same: typeof UpgradeOffer = defining.UpgradeOffer;
  offer.layout = 'modal';
  // @ts-expect-error
  offer.layout = 'popup';
  // @ts-expect-error
  offer.colour = 'red';
  offer.addEventListener('offer-ready', (event) => {
    const ready: OfferReadyEvent = event;
    const title: string = event.offer.title;
    // @ts-expect-error
    const price: number = event.offer.price;
    console.log(ready, title, price);
  });
  const access: Promise<Access> = gate('advanced-analytics', () => {});
  // @ts-expect-error
  gate(1, () => {});
  configure({ proxy: '/upgrade-offer', getToken: async () => 'a token', strings: { dismiss: 'No, thanks' }, backdrop: 'none' });
  // @ts-expect-error
  configure({ suportHref: '/help' });
  export { access, same };
`;

/** Draws every state, and the compiler says if one is missing. */
const HEADLESS = `
  import { createOfferFlow, richText, type HeadlessOffer, type Offer, type OfferState } from 'upgrade-offer/headless';

  const flow: HeadlessOffer = createOfferFlow({ feature: 'advanced-analytics', getToken: async () => 'a token' });
  // @ts-expect-error
  createOfferFlow({ layout: 'popup' });
  const end: () => void = flow.subscribe(() => show(flow.state));
  flow.addEventListener('offer-accepted', ({ optionId, outcome }) => console.log(optionId.length, outcome.status));
  // @ts-expect-error
  flow.addEventListener('offer-accepted', ({ code }) => code);
  // @ts-expect-error
  flow.state = { status: 'idle' };

  function card({ title, options }: Offer): DocumentFragment {
    // @ts-expect-error
    options[0].label = 'Other words';
    return richText(title);
  }

  function show(state: OfferState): DocumentFragment | string {
    switch (state.status) {
      case 'idle':
      case 'asking':
      case 'empty':
      case 'held':
        return '';
      case 'unanswered':
        return state.problem;
      case 'unlocked':
        return state.hasReceipt ? 'new' : 'here';
      case 'closed':
        return state.isFulfilled ? 'here' : '';
      case 'offered':
      case 'confirming':
      case 'accepting':
      case 'interrupted':
      case 'gone':
        return card(state.offer);
      case 'pending':
      case 'overdue':
      case 'completed':
      case 'already_accepted':
        return state.acceptedBefore ?? state.status;
      case 'redirect':
      case 'checkout':
        return state.url;
      case 'elsewhere':
        return state.channel;
      case 'failed':
        return state.code;
      default:
        return state satisfies never;
    }
  }
  export { end };
`;

/** Of the vendors no package is needed. Their clients are whatever has the method. */
const ANALYTICS = `
  import { dataLayer, gtag, posthog, segment, track, type Adapter, type TrackedEvent } from 'upgrade-offer/analytics';
  import { createOfferFlow } from 'upgrade-offer/headless';

  declare global {
    interface Window {
      dataLayer: unknown[];
    }
  }
  interface Client {
    track(name: string, properties?: Record<string, unknown>, done?: () => void): Promise<void>;
    capture(name: string, properties?: Record<string, unknown> | null): string | undefined;
  }
  declare const client: Client;
  declare function send(...parameters: unknown[]): void;

  const own: Adapter = ({ type, campaignId, title }: TrackedEvent) => {
    if (type === 'offer-viewed') console.log(campaignId?.length, title?.length);
    // @ts-expect-error
    if (type === 'offer-seen') console.log(type);
  };
  track(document, dataLayer()).stop();
  track(document, dataLayer(window.dataLayer));
  track(document.body, gtag(send));
  track(createOfferFlow(), segment(client));
  track(document, posthog(client));
  track(document, own);
  // @ts-expect-error
  track('upgrade-offer', own);
  // @ts-expect-error
  segment({ capture: send });
  export {};
`;

/** What `upgrade-offer/react` and the others are made of, without a framework: it once named a type that it did not import. */
const FRAMEWORKS = `
  import type { UpgradeOfferAttributes, UpgradeOfferSettings } from '../node_modules/upgrade-offer/dist/frameworks/element.js';

  const written: UpgradeOfferAttributes = { feature: 'advanced-analytics', mock: 'two-options' };
  // @ts-expect-error
  written.mock = { offers: { offer: null } };
  const set: UpgradeOfferSettings = { mock: { offers: { offer: null } } };
  // @ts-expect-error
  set.mock = 7;
  export { set, written };
`;

const PROXY = `
  import { Hono } from 'hono';
  import { ConfigError, openOfferProxy, readConfig, type Identify } from 'upgrade-offer/proxy';
  import { createSandbox } from 'upgrade-offer/sandbox';

  const identify: Identify = async (request) =>
    request.headers.has('Cookie') ? { customerId: 'cus_7', subscriptionId: 'sub_7', userId: 'ada' } : undefined;
  const proxy = await openOfferProxy(readConfig({ CHARGEBEE_SITE: 'acme' }), { identify });
  // @ts-expect-error
  await openOfferProxy({ site: 'acme' });
  const app = new Hono().route('/', proxy.app);
  app.get('/report', proxy.requireEntitlement('advanced-analytics'), (c) => c.text('report'));
  // @ts-expect-error
  proxy.requireEntitlement(7);
  const sandbox = createSandbox({ site: 'acme' });
  const handler: (request: Request) => Response | Promise<Response> = proxy.app.fetch;
  export { ConfigError, handler, sandbox };
`;

/** Where no other package is installed, not even Hono. What is `any` would accept the mistakes. */
const WITHOUT_HONO = `
  import { openOfferProxy, readConfig } from 'upgrade-offer/proxy';
  import { createSandbox, createSandboxHandler } from 'upgrade-offer/sandbox';

  const proxy = await openOfferProxy(readConfig({ CHARGEBEE_SITE: 'acme' }));
  for (const { fetch } of [proxy.app, proxy.operator, proxy.metrics, proxy.standalone]) {
    const handler: (request: Request) => Response | Promise<Response> = fetch;
    // @ts-expect-error
    fetch(7);
    console.log(handler);
  }
  const { access } = await proxy.entitlement({ customerId: 'cus_7', subscriptionId: 'sub_7' }, 'advanced-analytics');
  // @ts-expect-error
  access === 'maybe';
  // @ts-expect-error
  proxy.app.rout;
  // @ts-expect-error
  proxy.listener(7);
  // @ts-expect-error
  proxy.requireEntitlement(7);
  // @ts-expect-error
  proxy.fulfillments.complete(7);
  const sandbox = createSandbox();
  const answer: Response = await sandbox.app.fetch(new Request('https://app.example'));
  // @ts-expect-error
  sandbox.app.fetch(7);
  const answered: Promise<Response> = createSandboxHandler({ site: 'acme' })(new Request('https://app.example'));
  console.log(answer, answered);
`;

it.each([
  ['a page', 'bundler', pageFolder, PAGE],
  ['a page', 'nodenext', pageFolder, PAGE],
  ['a page that draws offers itself', 'bundler', pageFolder, HEADLESS],
  ['a page that draws offers itself', 'nodenext', pageFolder, HEADLESS],
  ['a page with analytics', 'bundler', pageFolder, ANALYTICS],
  ['a page with analytics', 'nodenext', pageFolder, ANALYTICS],
  ['a page with a framework', 'bundler', pageFolder, FRAMEWORKS],
  ['a page with a framework', 'nodenext', pageFolder, FRAMEWORKS],
  ['a proxy', 'bundler', proxyFolder, PROXY],
  ['a proxy', 'nodenext', proxyFolder, PROXY],
  ['a proxy without Hono', 'bundler', pageFolder, WITHOUT_HONO],
  ['a proxy without Hono', 'nodenext', pageFolder, WITHOUT_HONO],
])('serve the host of %s, with resolution "%s"', async (who, moduleResolution, host, source) => {
  const folder = join(host, `types-${who.replaceAll(' ', '-')}-${moduleResolution}`);
  await mkdir(folder);
  await writeFile(join(folder, 'host.ts'), source);
  const module = moduleResolution === 'bundler' ? 'esnext' : 'nodenext';
  const compilerOptions = {
    strict: true,
    skipLibCheck: false,
    noEmit: true,
    types: [],
    target: 'es2023',
    module,
    moduleResolution,
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  expect(await complaintsIn(folder)).toBe('');
});

function complaintsIn(folder: string): Promise<string> {
  return new Promise((done) => {
    execFile(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder], (_error, stdout) =>
      done(stdout),
    );
  });
}
