/** The commands with which an operator looks into the store, erases a customer from it, and copies it. */
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../proxy/store/open.js';
import { newCustomer } from '../../support/customer.js';
import { startProxy, startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

const GROWTH_SECRET = 'what-growth-signs-with';

let stack: Stack;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-commands-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  stack = await startStack({ settings: { GROWTH_WEBHOOK_SECRET: GROWTH_SECRET, OFFER_CAPS: 'campaign=1/7d,all=9/d' } });
});
afterEach(() => stack.close());

/** As an operator types it, on the store of the proxy that runs. */
function command(...parameters: string[]): Promise<{ code: number; out: string; err: string }> {
  const cli = join(process.cwd(), 'dist/proxy/cli.js');
  const options = { cwd: folder, env: { PATH: process.env['PATH'], ...stack.environment } };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...parameters], options, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

const withOffer = async () => {
  const who = await newCustomer('ordinary', { secret: stack.identitySecret, claims: { user_id: 'ada' } });
  const as = asCustomer(stack, who);
  return { ...who, ...as, ...offered(await as.ask({ feature: 'advanced-analytics' })) };
};

/** Every row of the store, as text. */
async function everyRow(): Promise<string> {
  const store = await openStore(stack.environment['DATABASE_URL'] ?? '');
  try {
    const tables = (await store.introspection.getTables()).filter(({ name }) => !name.startsWith('kysely'));
    expect(tables.length).toBeGreaterThan(10);
    const rows = await Promise.all(tables.map(({ name }) => sql`select * from ${sql.table(name)}`.execute(store)));
    return JSON.stringify(rows.map((result) => result.rows));
  } finally {
    await store.destroy();
  }
}

async function growthSays(text: string): Promise<void> {
  const response = await fetch(`${stack.proxyUrl}/webhooks/growth`, {
    method: 'POST',
    headers: { 'X-Hub-Signature': createHmac('sha1', GROWTH_SECRET).update(text).digest('hex') },
    body: text,
  });
  expect(response.status).toBe(204);
}

describe('a preview', () => {
  it('is made by doctor --preview for the one subscription that the store knows, with one question to Chargebee', async () => {
    const who = await withOffer();
    const before = await everyRow();

    const { code, out } = await command('doctor', '--preview', who.customerId);

    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`Subscription +ok +${who.subscriptionId}`));
    expect(await everyRow()).toBe(before);
    const token = /^(?:\w|-)+\.(?:\w|-)+\.(?:\w|-)+$/m.exec(out)?.[0] ?? '';
    expect(out).toContain(`offer.token = '${token}'`);
    expect((await asCustomer(stack, { token }).ask({ feature: 'advanced-analytics' })).body).toMatchObject({
      offer: { title: expect.stringContaining('Analytics'), preview: true },
      preview: true,
    });
    const { calls } = await sandboxOf(stack).records(who);
    expect(calls.filter(({ operation }) => operation === 'personalized_offers')).toHaveLength(3);
  });

  it('asks for the subscription of a customer whom the store does not know', async () => {
    const { code, out, err } = await command('doctor', '--preview', 'cus_unknown');

    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(
      'Failed to make a preview of cus_unknown: the store knows no subscription of this customer. Name it: upgrade-offer doctor --preview cus_unknown SUBSCRIPTION.\n',
    );
    expect((await command('doctor', '--preview', 'cus_unknown', 'sub_1')).out).toMatch(/^Offer +warning +None/m);
  });

  it('is made by token --preview, which doctor --token explains', async () => {
    const { out } = await command('token', 'cus_7', 'sub_7', '--preview');
    const token = out.trim();

    expect((await asCustomer(stack, { token }).ask()).body).toMatchObject({ preview: true });
    expect((await command('doctor', '--token', token)).out).toMatch(/^preview +ok +true/m);
    expect((await command('token', 'cus_7', 'sub_7')).out).not.toContain(token.split('.')[1]);
  });
});

describe('forget', () => {
  it('leaves no row that names the customer or the subscription, and every row of others', async () => {
    const other = await withOffer();
    const who = await withOffer();
    await sandboxOf(stack).misbehave({ operation: 'offer_events', kind: 'unavailable' });
    await who.report(who.offerId, 'viewed');
    await other.report(other.offerId, 'viewed');
    const second = offered(await who.ask({ context: { storage_used_percent: 90 } }));
    const fulfillmentId = fulfillmentIdOf(await who.accept(second.offerId, second.optionId));
    await expect.poll(async () => (await who.outcome(fulfillmentId)).body.status).toBe('completed');
    await growthSays(JSON.stringify({ customer: { id: who.customerId } }));
    await growthSays(JSON.stringify({ customer: { id: other.customerId } }));
    expect(await everyRow()).toContain(who.customerId);

    const { code, out, err } = await command('forget', who.customerId);

    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^offers +2$/m);
    expect(out).toMatch(/^counted views +1$/m);
    expect(out).toMatch(/^acceptances +1$/m);
    expect(out).toMatch(/^last questions and views +2$/m);
    expect(out).toMatch(/^events and reports +1$/m);
    expect(out).toMatch(/^entitlements +1$/m);
    expect(out).toMatch(/^Growth's webhooks +1$/m);
    const rows = await everyRow();
    for (const trace of [who.customerId, who.subscriptionId, who.offerId, second.offerId, fulfillmentId]) {
      expect(rows).not.toContain(trace);
    }
    for (const name of [other.customerId, other.subscriptionId, other.offerId]) expect(rows).toContain(name);
    expect(rows.split(other.customerId).length).toBeGreaterThan(2);
  });

  it('keeps an acceptance that is in progress, which can still be completed, and says so; then it goes too', async () => {
    const who = await withOffer();
    const fulfillmentId = fulfillmentIdOf(await who.accept(who.offerId, who.optionId));

    const first = await command('forget', who.customerId);

    expect(first).toMatchObject({ code: 2, out: expect.stringMatching(/^Kept .* money .*/m), err: '' });
    expect(first.out).toContain(fulfillmentId);
    expect((await asServer(stack).complete(fulfillmentId)).status).toBe(200);
    expect(await sandboxOf(stack).records(who)).toMatchObject({ fulfillments: [{ status: 'completed' }] });
    await expect.poll(async () => (await who.outcome(fulfillmentId)).body.status).toBe('completed');
    expect(await command('forget', who.customerId)).toMatchObject({ code: 0 });
    expect(await everyRow()).not.toContain(who.customerId);
  });

  it('of a customer who is not there changes nothing', async () => {
    const who = await withOffer();
    const before = await everyRow();

    expect(await command('forget', 'cus_%')).toMatchObject({ code: 0, out: expect.stringMatching(/^offers +0$/m) });

    expect(await everyRow()).toBe(before);
    expect(before).toContain(who.customerId);
  });
});

describe('outbox', () => {
  it('lists what was given up and why, and sends it when the cause is gone', async () => {
    const who = await withOffer();
    await sandboxOf(stack).misbehave({ operation: 'offer_events', kind: 'refused', code: 'param_wrong_value' });
    await who.report(who.offerId, 'viewed');
    await expect.poll(async () => (await command('outbox', 'list')).out).toMatch(/^\d+ +given up +viewed/m);
    const { out } = await command('outbox', 'list');
    expect(out).toContain(who.offerId);
    await sandboxOf(stack).behave();

    const entry = /^(\d+) /m.exec(out)?.[1] ?? '';
    const retried = await command('outbox', 'retry', entry);

    expect(retried).toMatchObject({ code: 0, out: expect.stringMatching(/^1 tried again/), err: '' });
    await expect.poll(async () => (await sandboxOf(stack).records(who)).events).toMatchObject([{ type: 'viewed' }]);
    await expect.poll(async () => (await command('outbox', 'list')).out).toMatch(/^Nothing waits/);
  });

  it('sends everything with "retry" alone', async () => {
    const [one, other] = [await withOffer(), await withOffer()];
    await sandboxOf(stack).misbehave({ operation: 'offer_events', kind: 'unavailable' });
    await one.report(one.offerId, 'viewed');
    await other.report(other.offerId, 'viewed');
    await sandboxOf(stack).behave();

    expect((await command('outbox', 'retry')).code).toBe(0);

    for (const who of [one, other]) {
      await expect.poll(async () => (await sandboxOf(stack).records(who)).events).toMatchObject([{ type: 'viewed' }]);
    }
  });

  it.each([[['outbox']], [['outbox', 'drop']], [['outbox', 'list', '1']], [['forget']], [['why', 'a', 'b']]])(
    'answers %j with how to use it',
    async (parameters) => {
      const { code, out, err } = await command(...parameters);
      expect([code, out]).toEqual([1, '']);
      expect(err).toMatch(/^Usage: upgrade-offer (.*\n +)+upgrade-offer outbox list/);
    },
  );

  it('says that there is no such entry', async () => {
    const { code, err } = await command('outbox', 'retry', '4711');
    expect([code, err]).toEqual([1, 'Failed to try 4711 again: no such entry. Run: upgrade-offer outbox list\n']);
  });
});

describe('why', () => {
  it('tells what the store knows: offers, acceptances, entitlements, and how to find the rest in the log', async () => {
    const who = await withOffer();
    const fulfillmentId = fulfillmentIdOf(await who.accept(who.offerId, who.optionId));
    const dismissed = offered(await who.ask({ context: { storage_used_percent: 90 } }));
    await who.report(dismissed.offerId, 'dismissed');

    const { code, out } = await command('why', who.customerId);

    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^${who.offerId} .*${who.subscriptionId} .* accepted `, 'm'));
    expect(out).toMatch(new RegExp(`^${dismissed.offerId} .* dismissed 20`, 'm'));
    expect(out).toMatch(new RegExp(`^${fulfillmentId} .* in_progress `, 'm'));
    expect(out).toContain('`upgrade-offer reconcile` asks Chargebee.');
    expect(out).toMatch(new RegExp(`^${who.subscriptionId} .*storage-gb=`, 'm'));
    expect(out).toMatch(/grep '"customer":"[\da-f]{12}"'/);
  });

  it('tells what each subscription was last asked, told and shown, and why it saw nothing', async () => {
    const offeredTo = await withOffer();
    await offeredTo.report(offeredTo.offerId, 'viewed');
    const entitled = await newCustomer('entitled', { secret: stack.identitySecret });
    await asCustomer(stack, entitled).ask({ feature: 'advanced-analytics' });
    const unmatched = await newCustomer('ordinary', { secret: stack.identitySecret });
    await asCustomer(stack, unmatched).ask();

    const { out } = await command('why', offeredTo.customerId);
    const { subscriptionId, offerId } = offeredTo;
    expect(out).toMatch(
      new RegExp(`^${subscriptionId} +advanced-analytics +denied +offer ${offerId} +advancedAnalytics +20`, 'm'),
    );
    expect(out).toMatch(new RegExp(`^${subscriptionId} +${offerId} +advancedAnalytics +20`, 'm'));
    expect((await command('why', entitled.customerId)).out).toMatch(
      new RegExp(`^${entitled.subscriptionId} +advanced-analytics +granted +no offer: entitled +20`, 'm'),
    );
    expect((await command('why', unmatched.customerId)).out).toMatch(
      new RegExp(`^${unmatched.subscriptionId} +\\(none\\) +no offer: no_match +20`, 'm'),
    );
  });

  it('tells how often they have seen a campaign without asking, and which rule lets them see no more', async () => {
    const who = await withOffer();
    await who.report(who.offerId, 'viewed', 'display=1');

    const { out } = await command('why', who.customerId);

    expect((await who.ask({ feature: 'advanced-analytics' })).body.why).toBe('capped');
    expect(out).toMatch(new RegExp(`^advancedAnalytics +${who.subscriptionId} +1 +20\\S+ \\S+ +campaign=1/7d *$`, 'm'));
  });

  it('tells what came last, also when it came before something else within the same minute', async () => {
    const who = await withOffer();
    await who.report(who.offerId, 'viewed', 'display=1');
    const told = async () => (await command('why', who.customerId)).out;
    expect((await who.ask({ feature: 'advanced-analytics' })).body.why).toBe('capped');
    await expect.poll(told).toContain('no offer: capped');

    offered(await who.askByClick({ feature: 'advanced-analytics' }));
    await expect.poll(told).not.toContain('no offer: capped');
  });

  it('says that it knows nothing', async () => {
    expect((await command('why', 'nobody')).out).toMatch(/^The store knows nothing about the customer nobody\./);
  });
});

describe('backup', () => {
  it('copies the store while the proxy runs, and never onto a file that is there', async () => {
    const file = join(folder, 'backup.db');
    const who = await withOffer();
    const fulfillmentId = fulfillmentIdOf(await who.accept(who.offerId, who.optionId));

    const { code, out, err } = await command('backup', file);

    if (stack.environment['DATABASE_URL']?.startsWith('postgres')) {
      expect([code, out]).toEqual([1, '']);
      expect(err).toMatch(/pg_dump --format=custom --file=\S+backup\.db "\$DATABASE_URL"/);
      expect(err).not.toContain(stack.environment['DATABASE_URL']);
      return;
    }
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`Backed up to ${file}.`);
    expect((await stat(file)).mode & 0o077).toBe(0);
    await stack.stopProxy();
    const restored = join(folder, 'restored.db');
    await copyFile(file, restored);
    const next = await startProxy({ ...stack.environment, DATABASE_URL: `file:${restored}` });
    const list = await asServer({ ...stack, proxyUrl: next.proxyUrl }).list({ status: 'in_progress' });
    expect(list.body.fulfillments).toMatchObject([{ id: fulfillmentId }]);
    await next.stop();

    expect(await command('backup', file)).toMatchObject({
      code: 1,
      err: `Failed to back up: ${file} exists. Name a new file, or remove it first.\n`,
    });
  });

  it('leaves nothing behind when it fails', async () => {
    if (stack.environment['DATABASE_URL']?.startsWith('postgres')) return;
    const { code, err } = await command('backup', join(folder, 'missing/backup.db'));
    expect([code, err]).toEqual([1, expect.stringMatching(/^Failed to back up: .*\. Check that the folder exists/)]);
    expect(existsSync(join(folder, 'missing'))).toBe(false);
    await writeFile(join(folder, 'empty.db'), '');
    expect((await command('backup', join(folder, 'empty.db'))).code).toBe(1);
  });
});
