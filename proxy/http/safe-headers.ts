/** The security headers of every answer. */
import { secureHeaders } from 'hono/secure-headers';

/**
 * Pages of other origins load the script, so `Cross-Origin-Resource-Policy` allows that. HSTS belongs to whatever
 * terminates TLS. The rest is off because only HTML documents and outdated browsers read it, and every header costs time
 * on every answer.
 */
export function safeHeaders() {
  return secureHeaders({
    crossOriginResourcePolicy: 'cross-origin',
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    removePoweredBy: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });
}
