/** `GET /entitlements/:featureId`: may the customer use the feature? */
import type { Access } from '../../../proxy/contract.js';
import { isAccess, isShape, isText } from './answers.js';
import type { Call } from './proxy-call.js';
import { ProxyError } from './proxy-error.js';

export interface Entitlement {
  readonly access: Access;
  /** The level as Chargebee writes it, such as `"true"`, `"100"` or `"unlimited"`; absent if there is none or it is unknown. */
  readonly value?: string;
}

/** @throws ProxyError */
export async function readEntitlement(
  call: Call,
  feature: string,
  used: number | undefined,
  signal?: AbortSignal,
): Promise<Entitlement> {
  const query = used === undefined ? undefined : `used=${encodeURIComponent(used)}`;
  const body = await call(['entitlements', feature], { query, ...(signal && { signal }) });
  if (isShape(body) && isAccess(body['access'])) {
    const { access, value } = body;
    return { access, ...(isText(value) && { value }) };
  }
  throw new ProxyError('unreadable', 'the answer has no access.');
}
