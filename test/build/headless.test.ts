/** What `upgrade-offer/headless` loads, from its own file to the last of its chunks. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import type * as Headless from '../../widget/headless/headless.js';
import type * as Hooks from '../../widget/headless/react.js';

/** What each of Lit's libraries leaves on the page to find a second copy of itself. */
const LIT = /litHtmlVersions|litElementVersions|reactiveElementVersions/;

it('holds no Lit, while the element of the same build does', () => {
  const headless = reached('dist/library/headless.js');
  expect(headless.map((path) => basename(path).replace(/-[\w-]{8}\.js$/, '.js'))).toEqual(
    expect.arrayContaining(['headless.js', 'rich-text.js', 'acceptance.js', 'mock.js']),
  );
  expect(headless.filter((path) => LIT.test(readFileSync(path, 'utf8')))).toEqual([]);
  expect(reached('dist/library/define.js').some((path) => LIT.test(readFileSync(path, 'utf8')))).toBe(true);
});

it('has no effect on a server, where a flow has a state to render before it asks', async () => {
  const before = Object.keys(globalThis);
  const address = pathToFileURL('dist/library/headless.js').href;
  const { configure, createOfferFlow } = (await import(/* @vite-ignore */ address)) as typeof Headless;

  configure({ proxy: '/upgrade-offer' });
  const flow = createOfferFlow({ feature: 'reports' });

  expect(flow.state).toEqual({ status: 'idle' });
  expect(flow.state).toBe(flow.state);
  expect(Object.keys(globalThis)).toEqual(before);
});

it('is rendered on a server by the React of the app, as nothing yet', async () => {
  const address = pathToFileURL('dist/library/react.js').href;
  const { useEntitlement, useOffer } = (await import(/* @vite-ignore */ address)) as typeof Hooks;

  const Card = () => createElement('p', null, useOffer({ feature: 'reports' }).state.status);
  const Reports = () => createElement('p', null, useEntitlement('reports').access);

  expect(renderToString(createElement(Card))).toBe('<p>idle</p>');
  expect(renderToString(createElement(Reports))).toBe('<p>asking</p>');
  expect(reached('dist/library/react.js').some((path) => LIT.test(readFileSync(path, 'utf8')))).toBe(false);
});

/** The file, and all that it and they import, at once or later. */
function reached(path: string, seen: string[] = []): string[] {
  if (seen.includes(path) || !existsSync(path)) return seen;
  seen.push(path);
  const imported = readFileSync(path, 'utf8').matchAll(/(?:from|import\(?)\s*["'`](\.[^"'`]+\.js)["'`]/g);
  for (const [, file = ''] of imported) reached(join(path, '..', file), seen);
  return seen;
}
