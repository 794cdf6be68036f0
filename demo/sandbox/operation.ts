/**
 * The name of the operation that a request calls, as records and faults use it: the last resource in its path.
 * Reading and updating a fulfillment are `offer_fulfillments_get` and `offer_fulfillments_update`.
 */
import { ApiError } from './api-error.js';

export interface Operation {
  readonly name: string;
  /** The id in the path. */
  readonly id?: string | undefined;
}

export const OPERATIONS = [
  'personalized_offers',
  'offer_events',
  'offer_fulfillments',
  'offer_fulfillments_get',
  'offer_fulfillments_update',
  'subscriptions',
  'subscription_entitlements',
  'customer_entitlements',
  'features',
  'webhook_endpoints',
  'hosted_pages',
  'events',
  'estimates',
] as const;

export function operationOf(method: string, path: string): Operation {
  const [resource = '', segment, child] = path.replace(/^\/api\/v2\//, '').split('/');
  const id = segment === undefined ? undefined : decoded(segment);
  if (child !== undefined) return { name: child, id };
  if (resource !== 'offer_fulfillments' || id === undefined) return { name: resource, id };
  return { name: `offer_fulfillments_${method === 'GET' ? 'get' : 'update'}`, id };
}

/** The error for a request that matches no route: 405 for a known resource, otherwise 404. */
export function unknownOperation(method: string, path: string): ApiError {
  const { name } = operationOf(method, path);
  return OPERATIONS.some((each) => each === name)
    ? new ApiError('http_method_not_supported', `${method} is not allowed for ${path}`)
    : new ApiError('resource_not_found', `The sandbox does not know ${path}`);
}

/** Ids are often e-mail addresses, so that `@` comes as `%40`. Broken escapes stay as they are. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
