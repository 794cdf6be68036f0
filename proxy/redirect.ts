/** Where a customer may be sent. */

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * @param hosts when not empty, only these (`app.example`, `localhost:5173`).
 * @returns true for https, and for http on this machine, to an allowed host.
 */
export function isSafeRedirect(url: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, host } = new URL(url);
  const isPrivate = protocol === 'https:' || (protocol === 'http:' && LOCAL.has(hostname));
  return isPrivate && (hosts.length === 0 || hosts.includes(host));
}
