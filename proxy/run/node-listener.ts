/** The proxy as Node calls it, for hosts that are not Hono: Express, Fastify, Nest and `node:http` itself. */
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { METHOD_NAME_ALL } from 'hono/router';
import { TrieRouter } from 'hono/router/trie-router';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Env } from '../http/env.js';
import { giveBackBody } from '../http/host-body.js';

/** @param app includes the base path. */
export function createNodeListener({ fetch, routes }: Hono<Env>, basePath: string) {
  const answer = getRequestListener(fetch, { overrideGlobalObjects: false });
  const served = new TrieRouter<true>();
  for (const { method, path } of routes) if (method !== METHOD_NAME_ALL) served.add(METHOD_NAME_ALL, path, true);

  function isServed(url: string): boolean {
    const [path = '/'] = url.split('?');
    return served.match(METHOD_NAME_ALL, path)[0].length > 0;
  }

  return function listener(
    request: IncomingMessage & { readonly originalUrl?: string },
    response: ServerResponse,
    next?: () => void,
  ): void {
    const { url = '/', originalUrl = url } = request;
    // Express and all that follow it keep the whole address as `originalUrl` when they cut off where something is mounted.
    const isCutOff = !url.startsWith(`${basePath}/`) && (originalUrl !== url || next === undefined);
    const whole = isCutOff ? basePath + url : url;
    if (next && !(whole.startsWith(`${basePath}/`) && isServed(whole))) return next();
    request.url = whole;
    giveBackBody({ incoming: request });
    void answer(request, response);
  };
}
