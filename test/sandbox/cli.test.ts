/** The built `dist/sandbox/cli.js` as a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { basic, startChargebee } from '../support/chargebee-http.js';
import { webhookReceiver } from './webhook-receiver.js';

const CLI = fileURLToPath(new URL('../../dist/sandbox/cli.js', import.meta.url));

const { url: taken } = await startChargebee();

function start(port: string, file: readonly string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [CLI, ...file], { env: { ...process.env, PORT: port, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (said.out += chunk));
  child.stderr.on('data', (chunk) => (said.err += chunk));
  const address = () =>
    vi.waitFor(
      () => {
        const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(said.out) ?? [];
        if (!found) throw new Error(`It has not printed its address yet: ${said.err}`);
        return found;
      },
      { timeout: 60_000 },
    );
  return { child, said, ended: once(child, 'close'), address };
}

async function fileOf(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-plays-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'plays.json');
  await writeFile(path, text);
  return path;
}

it.each(['SIGINT', 'SIGTERM'] as const)('prints its address, answers there, and stops at %s', async (signal) => {
  const { child, said, ended, address } = start('0');
  const url = await address();
  expect(said.out).toContain('CHARGEBEE_SITE=acme-test CHARGEBEE_API_KEY=test_sandbox');
  expect(said.out.trim().split('\n')).toHaveLength(2);

  const response = await fetch(`${url}/api/v2/subscriptions/sub_1/subscription_entitlements`, {
    headers: { Authorization: basic('test_sandbox') },
  });
  expect(response.status).toBe(200);
  expect((await fetch(`${url}/`)).url).toBe(`${url}/sandbox`);

  child.kill(signal);
  expect(await ended).toEqual([0, null]);
  expect(said.err).toBe('');
});

it('says in one line that its port is in use', async () => {
  const { port } = new URL(taken);
  const { said, ended } = start(port);
  expect(await ended).toEqual([1, null]);
  expect(said.err).toBe(`Port ${port} is already in use. Set PORT to another one.\n`);
  expect(said.out).toBe('');
});

describe('with a file of plays', () => {
  const playbook = { fields: { 'custom.moon': 'boolean' }, plays: [] };

  it.each([
    ['named after the command', (path: string) => start('0', [path])],
    ['named by $PLAYS', (path: string) => start('0', [], { PLAYS: path })],
  ])('starts with them (%s)', async (_, begin) => {
    const { address } = begin(await fileOf(JSON.stringify(playbook)));
    const response = await fetch(`${await address()}/sandbox/plays`);
    expect(await response.json()).toEqual({ ...playbook, entitlements: [] });
  });

  it.each([
    ['a mistake', JSON.stringify({ ...playbook, plays: [{ name: 'x' }] }), 'plays[0].priority: is missing'],
    ['invalid JSON', '{', 'JSON'],
  ])('does not start with %s in it, and says what is wrong', async (_, text, why) => {
    const path = await fileOf(text);
    const { said, ended } = start('0', [path]);
    expect(await ended).toEqual([1, null]);
    expect(said.err).toMatch(new RegExp(`^Failed to load the plays in ${path}\\. .*\\n$`));
    expect(said.err).toContain(why);
    expect(said.out).toBe('');
  });

  it('does not start when the file does not exist', async () => {
    const { said, ended } = start('0', ['/nowhere/plays.json']);
    expect(await ended).toEqual([1, null]);
    expect(said.err).toContain('ENOENT');
  });
});

it('sends webhooks to $BILLING_WEBHOOK_URL', async () => {
  const receiver = await webhookReceiver();
  const { address } = start('0', [], {
    BILLING_WEBHOOK_URL: receiver.url,
    BILLING_WEBHOOK_USERNAME: 'chargebee',
    BILLING_WEBHOOK_PASSWORD: 'secret',
  });
  await fetch(`${await address()}/sandbox/webhooks/events`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ event_type: 'feature_updated', subscription_id: 'sub_7' }),
  });
  await expect.poll(receiver.types).toEqual(['feature_updated']);
  expect(receiver.received[0]?.authorization).toBe(basic('chargebee', 'secret'));
});
