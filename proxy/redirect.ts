/** Decides where a customer may be sent. */

export interface RedirectRules {
  /** The only hosts allowed, in any case and with or without a usual port; empty allows every host. */
  readonly hosts: readonly string[];
  /** The query parameter for the fulfillment's id, so that the app's upgrade page knows what to complete. */
  readonly idParameter?: string | undefined;
}

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/** @returns true for an allowed host over https, or over http on this machine. */
export function isSafeRedirect(url: string, { hosts }: RedirectRules): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, host } = new URL(url);
  const isPrivate = protocol === 'https:' || (protocol === 'http:' && LOCAL.has(hostname));
  return isPrivate && (hosts.length === 0 || hosts.some((allowed) => new URL(`${protocol}//${allowed}`).host === host));
}

/** @returns the first of them where a customer may be sent. */
export function firstSafeRedirect(urls: readonly (string | undefined)[], rules: RedirectRules): string | undefined {
  return urls.find((url) => url !== undefined && isSafeRedirect(url, rules));
}

/** The rest of the query stays as it is written: `URLSearchParams` would turn `%20` into `+`, and a signature would not fit. */
export function withFulfillmentId(url: string, fulfillmentId: string, { idParameter }: RedirectRules): string {
  if (!idParameter) return url;
  const target = new URL(url);
  const others = target.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !new URLSearchParams(pair).has(idParameter));
  target.search = [...others, new URLSearchParams({ [idParameter]: fulfillmentId })].join('&');
  return target.href;
}
