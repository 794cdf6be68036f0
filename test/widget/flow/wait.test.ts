import { beforeEach, expect, it, vi } from 'vitest';
import { wait } from '../../../widget/flow/wait.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

it('ends after its time', async () => {
  const ended = vi.fn();
  const waiting = wait(1_000, new AbortController().signal).then(ended);
  await vi.advanceTimersByTimeAsync(999);
  expect(ended).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await waiting;
  expect(ended).toHaveBeenCalledTimes(1);
});

it('ends at once when it is no longer wanted, with the reason, and leaves no timer behind', async () => {
  const unwanted = new AbortController();
  const waiting = expect(wait(1_000, unwanted.signal)).rejects.toThrow('the element has left the page');
  unwanted.abort(new Error('the element has left the page'));
  await waiting;
  expect(vi.getTimerCount()).toBe(0);
});

it('does not begin when it is not wanted', async () => {
  await expect(wait(1_000, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  expect(vi.getTimerCount()).toBe(0);
});
