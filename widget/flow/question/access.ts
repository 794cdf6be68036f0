/** `GET /entitlements/:featureId`: may the customer use the feature? */
import type { Access } from '../../../proxy/contract.js';
import { isAccess, isShape } from './answers.js';
import type { Call } from './proxy-call.js';
import { ProxyError } from './proxy-error.js';

/** @throws ProxyError */
export async function readAccess(
  call: Call,
  feature: string,
  used: number | undefined,
  signal?: AbortSignal,
): Promise<Access> {
  const query = used === undefined ? undefined : `used=${encodeURIComponent(used)}`;
  const body = await call(['entitlements', feature], { query, ...(signal && { signal }) });
  if (isShape(body) && isAccess(body['access'])) return body['access'];
  throw new ProxyError('unreadable', 'the answer has no access.');
}
