import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';
import { wire } from '../../support/wire.js';
import { startWorkerStack, type WorkerStack } from '../../support/worker-stack.js';

let stack: WorkerStack;

beforeAll(async () => {
  stack = await startWorkerStack();
});
afterAll(() => stack.close());

const withOffer = async (scenario?: string) => {
  const who = await newCustomer(scenario, { secret: stack.identitySecret });
  const as = asCustomer(stack, who);
  return { ...who, ...as, ...offered(await as.ask({ feature: 'advanced-analytics' })) };
};
const recordsOf = (who: { customerId: string }) => sandboxOf(stack).records(who);
const eventsOf = async (who: { customerId: string }) => (await recordsOf(who)).events.map(({ type }) => type);

describe("the proxy on Cloudflare's runtime, with D1 as its store", () => {
  it('takes a customer from the offer to the unlocked feature', async () => {
    const who = await withOffer();

    const accepted = await who.accept(who.offerId, who.optionId);
    const id = fulfillmentIdOf(accepted);
    const completed = await asServer(stack).complete(id);

    expect(accepted.body).toMatchObject({ status: 'redirect' });
    expect([completed.status, completed.body.status]).toEqual([200, 'completed']);
    await expect.poll(async () => (await who.access('advanced-analytics')).body.access).toBe('granted');
    expect((await who.ask({ feature: 'advanced-analytics' })).body).toMatchObject({ offer: null, why: 'entitled' });
  });

  it('asks Chargebee once for many equal questions, and makes one fulfillment of many clicks', async () => {
    const who = await newCustomer('ordinary', { secret: stack.identitySecret });
    const as = asCustomer(stack, who);

    const answers = await Promise.all(Array.from({ length: 10 }, () => as.ask({ feature: 'advanced-analytics' })));
    const [first] = answers.map(offered);
    const clicks = await Promise.all(
      answers.map(() => as.accept(first?.offerId ?? '', first?.optionId ?? '').then(fulfillmentIdOf)),
    );

    const { calls, fulfillments } = await recordsOf(who);
    expect(new Set(answers.map((answer) => offered(answer).offerId)).size).toBe(1);
    expect(calls.filter(({ path }) => path.includes('personalized_offers'))).toHaveLength(1);
    expect(new Set(clicks).size).toBe(1);
    expect(fulfillments).toHaveLength(1);
  });

  it('tells Chargebee what the customer saw, without another request', async () => {
    const who = await withOffer();

    expect((await who.report(who.offerId, 'viewed')).status).toBe(202);

    await expect.poll(() => eventsOf(who)).toEqual(['viewed']);
  });

  it('tells it at the next cron trigger if Chargebee was down, and a dismissed offer does not return', async () => {
    const who = await withOffer();
    await sandboxOf(stack).misbehave({ operation: 'offer_events', kind: 'unavailable', times: 1 });

    await who.report(who.offerId, 'dismissed');

    expect((await who.ask({ feature: 'advanced-analytics' })).body).toMatchObject({ offer: null });
    await expect.poll(() => stack.cron().then(() => eventsOf(who)), { interval: 500 }).toEqual(['dismissed']);
    expect((await who.report(who.offerId, 'dismissed')).status).toBe(202);
    expect(await eventsOf(who)).toEqual(['dismissed']);
  });

  it('looks after a lost acceptance at a cron trigger, and not again within the hour: it was done six times', async () => {
    const own = await startWorkerStack();
    onTestFinished(() => own.close());
    const who = asCustomer(own, await newCustomer('ordinary', { secret: own.identitySecret }));
    const { offerId, optionId } = offered(await who.ask({ feature: 'advanced-analytics' }));
    await sandboxOf(own).misbehave({ operation: 'offer_fulfillments', kind: 'drop', after: true, times: 1 });
    expect((await who.accept(offerId, optionId)).status).toBe(503);

    for (let trigger = 0; trigger < 3; trigger += 1) await own.cron();

    const warnings = () => own.written().split('A fulfillment needs somebody to look at it.').length - 1;
    await expect.poll(warnings).toBe(1);
    await own.cron();
    expect(warnings()).toBe(1);
  });

  it('serves the widget from the assets of the worker, and nothing else from there', async () => {
    const script = await fetch(`${stack.proxyUrl}/upgrade-offer.js`);

    expect(script.status).toBe(200);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect((await fetch(`${stack.proxyUrl}/missing.js`)).status).toBe(404);
  });

  it('serves it as small as the package has it, compressed once, and not again to a browser that has it', async () => {
    const url = `${stack.proxyUrl}/upgrade-offer.js`;
    const script = await wire(url, { 'Accept-Encoding': 'br' });
    const known = { 'Accept-Encoding': 'br', 'If-None-Match': String(script.headers['etag']) };

    expect(script.headers['content-encoding']).toBe('br');
    expect(script.body.equals(await readFile('dist/widget/upgrade-offer.js.br'))).toBe(true);
    expect((await wire(url, known)).status).toBe(304);
  });

  it('keeps its chunks in D1, where the next version finds them: a deployment takes the assets of the one before away', async () => {
    const database = await stack.database();
    const names = async () =>
      (await database.prepare('select name from widget_files').all()).results.map((row: { name: string }) => row.name);
    await fetch(`${stack.proxyUrl}/upgrade-offer.js`);
    await expect.poll(names).toContainEqual(expect.stringMatching(/^acceptance-[\w-]{8}\.js$/));

    await database.prepare("insert into widget_files values ('acceptance-beforeAA.js', '// before', 0)").run();

    expect(await (await fetch(`${stack.proxyUrl}/acceptance-beforeAA.js`)).text()).toBe('// before');
  });

  it('keeps strangers out and secrets out of its log', async () => {
    const who = await withOffer();
    const stranger = await newCustomer('ordinary', { secret: stack.identitySecret });

    const theft = await asCustomer(stack, stranger).accept(who.offerId, who.optionId);
    const forged = await newCustomer('ordinary', { secret: 'a secret that somebody else signs tokens with' });

    expect(theft.status).toBe(404);
    expect((await asCustomer(stack, forged).ask()).status).toBe(401);
    await expect.poll(() => stack.written()).toContain('"status":401');
    expect(stack.written()).not.toContain('test_sandbox');
    expect(stack.written()).not.toContain(who.token);
  });
});
