import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createCallBudget } from '../../../proxy/chargebee/call-budget.js';
import { createDelivery } from '../../../proxy/events/delivery.js';
import { createOutbox } from '../../../proxy/events/outbox.js';
import { createLeases } from '../../../proxy/store/leases.js';
import { openStore } from '../../../proxy/store/open.js';

it('looks for room once while the budget has none for events: each new event once looked at all that wait', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-'));
  const store = await openStore(`file:${join(folder, 'proxy.db')}`);
  onTestFinished(async () => {
    await store.destroy();
    await rm(folder, { recursive: true, force: true });
  });
  let clock = Math.ceil(Date.now() / 60_000) * 60_000;
  const now = () => clock;
  const budget = createCallBudget({ store, now, callsPerMinute: 100 });
  const outbox = createOutbox({ store, now });
  let looks = 0;
  const sent: string[] = [];
  const delivery = createDelivery({
    outbox,
    async send({ queue }) {
      await budget.spend('event', undefined, async () => sent.push(queue));
    },
    roomForEvents() {
      looks += 1;
      return budget.room('event');
    },
    leases: createLeases({ store, now }),
    now,
    log: { info() {}, warn() {}, error() {} },
  });
  // At the beginning of a minute there is room for a third of the 60 events that may be sent in it.
  for (let call = 0; call < 20; call += 1) await budget.spend('offer', undefined, async () => {});

  for (let event = 0; event < 10; event += 1) {
    await outbox.add({ queue: `offer-${event}`, kind: 'viewed', reason: null });
    await delivery.sendAllDue();
  }
  expect(looks).toBe(1);
  expect(sent).toEqual([]);

  clock += 1_000;
  await delivery.sendAllDue();
  expect(sent).toEqual(['offer-0']);
});
