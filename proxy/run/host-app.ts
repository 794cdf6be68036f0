import type { Hono } from 'hono';

/** What every server can use: a function from request to response. */
export interface FetchApp {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  readonly routes: readonly { readonly method: string; readonly path: string }[];
}

/**
 * For a host with Hono, Hono's own class, because `app.route` accepts no other. Without Hono its types cannot be found, and what
 * cannot be found is `any`, which would accept every mistake. Any string is a key of `any`.
 */
export type HostApp = string extends keyof Hono ? FetchApp : Hono;
