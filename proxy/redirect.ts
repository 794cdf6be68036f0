/** Where a customer may be sent. */

export interface RedirectRules {
  /** When not empty, only these (`app.example`, `localhost:5173`). */
  readonly hosts: readonly string[];
  /** The query parameter that gets the fulfillment's id, so that the app's upgrade page knows which one to complete. */
  readonly idParameter?: string | undefined;
}

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/** @returns true for https, and for http on this machine, to an allowed host. */
export function isSafeRedirect(url: string, { hosts }: RedirectRules): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, host } = new URL(url);
  const isPrivate = protocol === 'https:' || (protocol === 'http:' && LOCAL.has(hostname));
  return isPrivate && (hosts.length === 0 || hosts.includes(host));
}

export function withFulfillmentId(url: string, fulfillmentId: string, { idParameter }: RedirectRules): string {
  if (!idParameter) return url;
  const target = new URL(url);
  target.searchParams.set(idParameter, fulfillmentId);
  return target.href;
}
