import { Miniflare } from 'miniflare';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const folder = fileURLToPath(new URL('../../../dist/worker/', import.meta.url));

/** Each has a store of its own, as an isolate has. */
const SEVERAL = `
  import { createOfferWorker } from './index.js';
  export default {
    async fetch({ url }, env, context) {
      const isolates = Array.from({ length: 5 }, () => createOfferWorker());
      const answers = await Promise.all(isolates.map((each) => each.fetch(new Request(url), env, context)));
      return Response.json(answers.map(({ status }) => status));
    },
  };`;

it('isolates of a worker that start at the same moment share one new database: all but one once failed', async () => {
  const runtime = new Miniflare({
    host: '127.0.0.1',
    port: 0,
    compatibilityDate: '2025-12-01',
    compatibilityFlags: ['nodejs_compat'],
    modulesRoot: folder,
    modules: [
      { type: 'ESModule', path: `${folder}several.js`, contents: SEVERAL },
      { type: 'ESModule', path: `${folder}index.js` },
    ],
    d1Databases: ['DB'],
    // Its log would be among the results of the tests.
    handleRuntimeStdio: (stdout, stderr) => void [stdout, stderr].map((stream) => stream.resume()),
    bindings: {
      CHARGEBEE_SITE: 'acme-test',
      CHARGEBEE_API_KEY: 'test_sandbox',
      IDENTITY_SECRET: 'the secret that the tests sign tokens with',
    },
  });
  onTestFinished(() => runtime.dispose());
  const { origin } = await runtime.ready;

  const answer = await fetch(`${origin}/upgrade-offer/openapi.json`);

  expect([answer.status, await answer.json()]).toEqual([200, [200, 200, 200, 200, 200]]);
});
