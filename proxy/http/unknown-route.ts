/** Answers an address that no route serves, and says where the routes are listed. */
import type { Context } from 'hono';
import { RequestError } from '../errors.js';
import type { Env } from './env.js';

export function unknownRoute(basePath: string) {
  return function unknownRoute({ req }: Context<Env>): never {
    const detail = `Failed to answer ${req.method} ${req.path}: there is no such route. ${basePath}/openapi.json lists them.`;
    throw new RequestError('unknown_route', detail);
  };
}
