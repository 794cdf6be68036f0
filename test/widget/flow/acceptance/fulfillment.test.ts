import { describe, expect, it, vi } from 'vitest';
import {
  isGranted,
  settledOutcome,
  type Patience,
  type Pending,
} from '../../../../widget/flow/acceptance/fulfillment.js';

const pending: Pending = { status: 'pending', fulfillmentId: 'ful_1', pollAfterMs: 2_000 };

/** A proxy that gives these answers one after the other, and repeats the last one, and a clock that only notes the waits. */
function patience(...answers: unknown[]) {
  const waits: number[] = [];
  const call = vi.fn(async () => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const wait = async (ms: number) => void waits.push(ms);
  const given: Patience = { call, wait, signal: new AbortController().signal };
  return { given, call, waits };
}

describe('waiting for a fulfillment', () => {
  it('asks as often as the proxy says, and ends with its outcome', async () => {
    const done = { status: 'completed', fulfillmentId: 'ful_1' };
    const { given, waits } = patience({ ...pending, pollAfterMs: 5_000 }, done);
    expect(await settledOutcome(given, pending, vi.fn())).toEqual(done);
    expect(waits).toEqual([2_000, 5_000]);
  });

  it('outlasts a call that fails', async () => {
    const done = { status: 'failed', fulfillmentId: 'ful_1', code: 'internal' };
    const { given, call } = patience(new Error('offline'), done);
    expect(await settledOutcome(given, pending, vi.fn())).toEqual(done);
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('goes on after two minutes, when the customer has been told that it takes longer: once a minute, to its end', async () => {
    const done = { status: 'completed', fulfillmentId: 'ful_1' };
    const slow = { ...pending, pollAfterMs: 30_000 };
    const { given, waits } = patience(...Array.from({ length: 7 }, () => slow), done);
    const overdue = vi.fn();
    expect(await settledOutcome(given, { ...pending, pollAfterMs: 30_000 }, overdue)).toEqual(done);
    expect(waits).toEqual([30_000, 30_000, 30_000, 30_000, 60_000, 60_000, 60_000, 60_000]);
    expect(overdue).toHaveBeenCalled();
  });

  it('never asks without a pause, whatever the proxy says', async () => {
    const done = { status: 'completed', fulfillmentId: 'ful_1' };
    const { given, waits } = patience({ ...pending, pollAfterMs: 0 }, { ...pending, pollAfterMs: 0 }, done);
    await settledOutcome(given, pending, vi.fn());
    expect(Math.min(...waits)).toBe(500);
  });
});

describe('waiting for an entitlement', () => {
  it('looks at once, then less and less often, and then no more', async () => {
    const { given, waits } = patience({ featureId: 'f', access: 'denied' });
    expect(await isGranted(given, 'f', undefined)).toBe(false);
    expect(waits).toEqual([0, 1_000, 3_000, 10_000, 30_000]);
  });

  it('ends when it is there', async () => {
    const { given, call } = patience({ access: 'unknown' }, new Error('offline'), { access: 'granted' });
    expect(await isGranted(given, 'f', 3)).toBe(true);
    expect(call).toHaveBeenLastCalledWith(['entitlements', 'f'], expect.objectContaining({ query: 'used=3' }));
    expect(call).toHaveBeenCalledTimes(3);
  });
});
