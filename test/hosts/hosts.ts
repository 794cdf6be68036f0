/** The hosts that the documents name. Each is an app of its own, in the folder of its name, with exact versions. */
export interface Host {
  readonly name: string;
  readonly folder: string;
  /** How it knows who asks: by the token that the page brings, or by the app's own session. */
  readonly identifiesBy: 'token' | 'session';
  /** What its addresses begin with. */
  readonly at?: string;
  /** What it needs beside the proxy's settings. */
  settings?(url: string): Readonly<Record<string, string>>;
  /** It has no routes of its own. */
  readonly isAlone?: true;
  /** Its server renders a page with the element where its addresses begin. */
  readonly hasPage?: true;
  /** The page says by a hook of React what access the customer has. */
  readonly hasHook?: true;
}

export const HOSTS: readonly Host[] = [
  { name: 'node:http', folder: 'node-http', identifiesBy: 'token' },
  { name: 'Express 5', folder: 'express-5', identifiesBy: 'token' },
  { name: 'Express 4', folder: 'express-4', identifiesBy: 'token', at: '/shop' },
  { name: 'Fastify', folder: 'fastify', identifiesBy: 'token' },
  { name: 'Nest', folder: 'nest', identifiesBy: 'token' },
  { name: 'Hono', folder: 'hono', identifiesBy: 'token' },
  { name: 'Next', folder: 'next', identifiesBy: 'session', at: '/shop', hasPage: true, hasHook: true },
  {
    name: 'SvelteKit',
    folder: 'svelte-kit',
    identifiesBy: 'session',
    at: '/shop',
    hasPage: true,
    settings: (url) => ({
      HOST: '127.0.0.1',
      ORIGIN: url,
      BODY_SIZE_LIMIT: '2M',
      BASE_PATH: '/shop/upgrade-offer',
    }),
  },
  {
    name: 'Nuxt',
    folder: 'nuxt',
    identifiesBy: 'session',
    hasPage: true,
    settings: () => ({ HOST: '127.0.0.1' }),
  },
  {
    name: 'Cloudflare Workers',
    folder: 'worker',
    identifiesBy: 'token',
    isAlone: true,
    settings: () => ({ CLOUDFLARE_INCLUDE_PROCESS_ENV: 'true' }),
  },
];
