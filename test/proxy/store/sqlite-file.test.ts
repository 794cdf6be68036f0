import Libsql from 'libsql';
import { rename } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer } from '../../support/proxy-client.js';

let stack: Stack;
let path: string;

beforeEach(async () => {
  stack = await startStack();
  path = (stack.environment['DATABASE_URL'] ?? '').slice('file:'.length);
});
afterEach(() => stack.close());

const customer = async () => asCustomer(stack, await newCustomer('ordinary', { secret: stack.identitySecret }));
const operator = async (route: string) => (await fetch(new URL(route, stack.proxyUrl))).status;

/** Another process would do the same: each connection has its own locks. */
function lockFile() {
  const other = new Libsql(path);
  other.exec('begin immediate');
  return {
    release() {
      other.exec('commit');
      other.close();
    },
  };
}

describe('a SQLite file', () => {
  it('that another process keeps locked for a moment does not stop the proxy, which answers once it is free', async () => {
    const who = await customer();
    const lock = lockFile();
    let isAnswered = false;
    const asked = who.ask({ feature: 'advanced-analytics' }).finally(() => {
      isAnswered = true;
    });

    expect(await operator('/healthz')).toBe(200);
    expect(await operator('/metrics')).toBe(200);
    expect(isAnswered).toBe(false);
    lock.release();

    expect((await asked).status).toBe(200);
  });

  it('that stays locked is answered for with 503, and used again once it is free', async () => {
    const who = await customer();
    const lock = lockFile();

    const [answer, readiness] = await Promise.all([who.ask(), operator('/readyz')]);

    expect(answer).toMatchObject({ status: 503, body: { code: 'store_unavailable' } });
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(readiness).toBe(503);
    lock.release();
    expect((await who.ask()).status).toBe(200);
    expect(await operator('/readyz')).toBe(200);
  });

  it('that was moved away takes no writes, which would be lost, and the proxy is not ready', async () => {
    const who = await customer();
    await rename(path, `${path}.moved`);

    expect(await operator('/readyz')).toBe(503);
    expect(await who.ask()).toMatchObject({ status: 503, body: { code: 'store_unavailable' } });

    await rename(`${path}.moved`, path);
    expect(await operator('/readyz')).toBe(200);
  });
});
