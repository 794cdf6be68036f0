/**
 * The part of `fetch` that a call to Chargebee uses, built on undici: the client inside Node's own `fetch`, without the web
 * streams and the request copy that are four fifths of a call's cost there. It follows no redirect and asks for no
 * compression.
 */
// Its entry is CommonJS, of which a bundler can leave nothing out: fetch, WebSocket and caches would be a twentieth of the
// package. These two are what `request` of the entry consists of.
import request from 'undici/lib/api/api-request.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import { UPSTREAM_CONNECTIONS_MAX } from '../constants.js';
import type { UpstreamFetch } from './call.js';

export function createNodeFetch(): UpstreamFetch {
  const dispatcher = new Agent({ connections: UPSTREAM_CONNECTIONS_MAX });
  return async function nodeFetch(url, { method, headers, body, signal }) {
    const { origin, pathname, search } = new URL(url);
    const answer = await request.call(dispatcher, { origin, path: pathname + search, method, headers, body, signal });
    const { statusCode: status } = answer;
    return {
      status,
      ok: status >= 200 && status < 300,
      headers: { get: (name) => [answer.headers[name]].flat()[0] ?? null },
      text: () => answer.body.text(),
    };
  };
}
