/** The sandbox as a function from request to response, as a preview deployment runs it: built, without a server. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type * as Library from '../../demo/sandbox/sandbox.js';
import { webhookReceiver } from './webhook-receiver.js';

const built = new URL('../../dist/sandbox/handler.js', import.meta.url);
const { createSandboxHandler }: typeof Library = await import(built.href);

const PREVIEW = 'https://preview-7.example';

/** Calls the handler as the proxy would, at the preview's address. */
function caller(options: Library.SandboxHandlerOptions = {}) {
  const handle = createSandboxHandler(options);
  const authorization = `Basic ${btoa('test_sandbox:')}`;

  async function call(path: string, sent: object) {
    const headers = { authorization, 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(sent) };
    const response = await handle(new Request(PREVIEW + path, init));
    expect(response.ok).toBe(true);
    return response.json();
  }

  async function ask() {
    const { personalized_offers } = await call('/api/v2/personalized_offers', {
      customer_id: 'cus_1',
      subscription_id: 'sub_1',
      custom: { has_advanced_analytics: false },
    });
    return personalized_offers;
  }

  async function accept() {
    const [offer] = await ask();
    const sent = { personalized_offer_id: offer.id, option_id: offer.options[0].id };
    const { offer_fulfillment } = await call('/api/v2/offer_fulfillments', sent);
    return offer_fulfillment;
  }

  return { handle, call, ask, accept };
}

it('leads redirects to its own page at the address of the deployment, where the fulfillment can be completed', async () => {
  const { handle, call, accept } = caller();
  const { id, redirect_url } = await accept();
  expect(redirect_url).toMatch(`${PREVIEW}/sandbox/`);
  expect(await (await handle(new Request(redirect_url))).text()).toContain(id);
  const { offer_fulfillment } = await call(`/api/v2/offer_fulfillments/${id}`, { status: 'completed' });
  expect(offer_fulfillment).toMatchObject({ id, status: 'completed' });
});

it('sends the webhooks that are due, without a timer, and says what has to be waited for', async () => {
  const receiver = await webhookReceiver();
  const work: Promise<void>[] = [];
  const { call, accept } = caller({
    webhooks: { url: receiver.url },
    waitUntil: (promise) => void work.push(promise),
  });
  const { id } = await accept();
  await call(`/api/v2/offer_fulfillments/${id}`, { status: 'completed' });
  await Promise.all(work);
  expect(receiver.types()).toEqual(['subscription_changed', 'subscription_entitlements_updated']);
});

it('breaks off an answer where a fault says so', async () => {
  const { handle, ask } = caller();
  await addFault('half');
  await expect(ask()).rejects.toThrow('breaks off');
  await addFault('drop');
  await expect(ask()).rejects.toThrow('breaks off');
  expect(await ask()).toHaveLength(1);

  async function addFault(kind: string) {
    const body = JSON.stringify({ operation: 'personalized_offers', kind, times: 1 });
    const headers = { 'content-type': 'application/json' };
    await handle(new Request(`${PREVIEW}/sandbox/faults`, { method: 'POST', body, headers }));
  }
});

it('starts over at a reset', async () => {
  const { handle, ask, accept } = caller();
  await accept();
  expect(await ask()).toEqual([]);
  await handle(new Request(`${PREVIEW}/sandbox/reset`, { method: 'POST' }));
  expect(await ask()).toHaveLength(1);
});

it('has nothing in it that only Node has, and no server', async () => {
  const modules = [...(await importedBy(built))];
  expect(modules).toContainEqual(expect.stringContaining('/hono.js'));
  expect(modules.filter((name) => name.startsWith('node:') || name.includes('node-server'))).toEqual([]);
});

/** @returns everything that the module needs, and what that needs. */
async function importedBy(module: URL, known = new Set<string>()): Promise<Set<string>> {
  const code = await readFile(module, 'utf8');
  for (const [, name = ''] of code.matchAll(/^(?:import|export)\b[^;]*?["']([^"']+)["'];?$/gm)) {
    const next = name.startsWith('.') ? new URL(name, module) : undefined;
    const key = next?.href ?? name;
    if (known.has(key)) continue;
    known.add(key);
    if (next) await importedBy(next, known);
  }
  return known;
}
