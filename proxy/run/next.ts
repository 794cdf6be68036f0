/** The proxy in an app router of Next. */
import type { Environment } from '../config.js';
import type { OfferProxy, OfferProxyOptions } from './server.js';

export interface HandlersOptions extends OfferProxyOptions {
  /** The settings. Default: `process.env`. With `identify`, they need no key for tokens. */
  readonly environment?: Environment;
}

/** What a route handler of Next exports. */
export type Handler = (request: Request) => Promise<Response>;

export interface Handlers {
  readonly GET: Handler;
  readonly POST: Handler;
  readonly OPTIONS: Handler;
  /** For other routes of the app: `entitlement`, `requireEntitlement`, `fulfillments`. It opens the proxy, as a request does. */
  proxy(this: void): Promise<OfferProxy>;
}

/**
 * For `app/upgrade-offer/[...path]/route.ts`. It reads no setting and opens nothing before the first request, because
 * `next build` loads each route, and has neither the secrets nor the store. What cannot be opened is tried again by the next
 * request.
 */
export function createHandlers({ environment = process.env, ...options }: HandlersOptions = {}): Handlers {
  let opening: Promise<OfferProxy> | undefined;

  /**
   * Next must not bundle the server: it would look for the drivers of all databases, also for those that the app does not use.
   * `serverExternalPackages` takes only whole packages, and `upgrade-offer/react` has to be bundled: Next renders with a React of
   * its own, and outside the bundle its hooks would meet another one.
   * https://nextjs.org/docs/app/api-reference/config/next-config-js/serverExternalPackages
   */
  async function open(): Promise<OfferProxy> {
    const { openOfferProxy, readConfig } = await import(
      /* webpackIgnore: true */ /* turbopackIgnore: true */ './server.js'
    );
    return openOfferProxy(readConfig(environment, { identifiedByHost: options.identify !== undefined }), options);
  }

  function proxy(): Promise<OfferProxy> {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  const handle: Handler = async (request) => (await proxy()).app.fetch(request);
  return { GET: (request) => handle(forPlainFile(request)), POST: handle, OPTIONS: handle, proxy };
}

/**
 * Next removes `Content-Encoding` from the answer of a route handler, so a browser would get a compressed script as if it were
 * plain. Next compresses by itself. https://github.com/vercel/next.js/blob/v16.4.6/packages/next/src/server/send-response.ts
 */
function forPlainFile(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.delete('Accept-Encoding');
  return new Request(request, { headers });
}
