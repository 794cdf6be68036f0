import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openLog } from '../../../proxy/run/open-log.js';

let folder: string;
let path: string;
let file: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-'));
  path = join(folder, 'proxy.log');
  file = openSync(path, 'a');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(async () => {
  vi.useRealTimers();
  closeSync(file);
  await rm(folder, { recursive: true, force: true });
});

const messages = async () =>
  (await readFile(path, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { msg: string }).msg);

it('writes lines together, a moment later', async () => {
  const log = openLog('info', file);
  log.info({}, 'one');
  log.warn({}, 'two');
  expect(await messages()).toEqual([]);

  vi.advanceTimersByTime(100);

  await expect.poll(messages).toEqual(['one', 'two']);
});

it('writes an error at once, after what came before it, also while it writes', async () => {
  const log = openLog('info', file);
  log.info({}, 'request');
  log.error({}, 'first');
  await expect.poll(messages).toEqual(['request', 'first']);

  for (const message of ['a', 'b', 'c']) log.error({}, message);

  await expect.poll(messages).toEqual(['request', 'first', 'a', 'b', 'c']);
});

it('says the cause of an error once: a connection that was refused once stood there twice', async () => {
  const cause = new Error('connect ECONNREFUSED 127.0.0.1:9');
  openLog('info', file).error({ err: new Error(`Failed to call Chargebee: ${cause.message}.`, { cause }) }, 'Failed');

  await expect.poll(messages).toEqual(['Failed']);
  const { err } = JSON.parse(await readFile(path, 'utf8')) as { err: { message: string; cause: { message: string } } };
  expect(err.message).toBe('Failed to call Chargebee: connect ECONNREFUSED 127.0.0.1:9.');
  expect(err.cause.message).toBe(cause.message);
});
