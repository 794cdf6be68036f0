import { expect, it } from 'vitest';
import { OfferFlow } from '../../../../widget/flow/offer-flow.js';
import { newCustomer } from '../../../support/customer.js';
import { OwnPage } from '../../../support/own-page.js';
import { stoppedClock } from '../../../support/stopped-clock.js';

const RECEIPT_MS = 4_000;

it('a customer who gets the feature is told so for four seconds', async () => {
  const { wait, waits, endWaits } = stoppedClock();
  const page = Object.assign(new OwnPage(await newCustomer(), 'reports'), { mock: 'one-option then completed' });
  const flow = new OfferFlow(page, { wait });
  flow.start();
  flow.update();
  await expect.poll(() => flow.state.status).toBe('offered');
  void flow.accept();
  await expect
    .poll(() => {
      if (!waits().includes(RECEIPT_MS)) endWaits();
      return waits();
    })
    .toContain(RECEIPT_MS);
  expect(flow.state).toEqual({ status: 'unlocked', hasReceipt: true });
  endWaits();
  await expect.poll(() => flow.state).toEqual({ status: 'unlocked', hasReceipt: false });
  flow.stop();
});

it('a customer who has had the feature all along is told nothing', async () => {
  const page = Object.assign(new OwnPage(await newCustomer(), 'reports'), { mock: 'unlocked' });
  const flow = new OfferFlow(page);
  flow.start();
  flow.update();
  await expect.poll(() => flow.state).toEqual({ status: 'unlocked' });
  flow.stop();
});
