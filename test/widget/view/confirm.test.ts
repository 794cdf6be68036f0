/** With `confirm`, an option that charges asks once more, in place, before anything is sent. */
import { oneEvent } from '@open-wc/testing/pure';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../../widget/define.js';
import type { Layout } from '../../../widget/flow/layout.js';
import { createOfferFlow } from '../../../widget/headless/headless.js';
import type { UpgradeOffer } from '../../../widget/index.js';

const unlock = page.getByRole('button', { name: 'Unlock now' });
const question = page.getByRole('heading', { name: 'Change your subscription?' });
const confirm = page.getByRole('button', { name: 'Confirm change' });
const back = page.getByRole('button', { name: 'Back' });
const status = page.getByRole('status');

afterEach(() => document.body.replaceChildren());

async function offered(settings: Partial<UpgradeOffer> = {}): Promise<UpgradeOffer> {
  const element = document.createElement('upgrade-offer');
  Object.assign(element, { confirm: true, mock: 'one-option', ...settings });
  const ready = oneEvent(element, 'offer-ready');
  document.body.append(element);
  await ready;
  return element;
}

const isInDialog = () => document.querySelector('upgrade-offer')?.shadowRoot?.querySelector('dialog[open]') !== null;

describe.each(['inline', 'modal'] satisfies Layout[])('as %s', (layout) => {
  it('asks with the focus on the question, and Escape goes back to the button', async () => {
    const element = await offered({ layout });
    const accept = vi.fn();
    element.addEventListener('offer-accept', accept);
    await unlock.click();
    await expect.element(question).toBeVisible();
    await expect
      .element(status)
      .toHaveTextContent('Changes your subscription. Charged to your payment method on file.');
    await expect.poll(() => element.shadowRoot?.activeElement).toBe(question.element());
    await userEvent.keyboard('{Escape}');
    await expect.element(unlock).toBeVisible();
    await expect.poll(() => element.shadowRoot?.activeElement).toBe(unlock.element());
    expect(isInDialog()).toBe(layout === 'modal');
    expect(accept).not.toHaveBeenCalled();
  });

  it('accepts once it is confirmed, and axe finds nothing in the question', async () => {
    const element = await offered({ layout });
    const accept = oneEvent(element, 'offer-accept');
    await unlock.click();
    await expect.element(confirm).toBeVisible();
    for (const motion of element.shadowRoot?.getAnimations() ?? []) motion.finish();
    const { violations } = await axe.run(element);
    expect(violations.map(({ id }) => id)).toEqual([]);
    await confirm.click();
    expect((await accept).option.id).toBe('option_1');
  });
});

it('a double click asks, and confirms nothing', async () => {
  const element = await offered();
  const accept = vi.fn();
  element.addEventListener('offer-accept', accept);
  await userEvent.dblClick(unlock);
  await expect.element(confirm).toBeVisible();
  await back.click();
  await expect.element(unlock).toBeVisible();
  expect(accept).not.toHaveBeenCalled();
});

it('says what the page knows of the price', async () => {
  await offered({ optionNotes: { option_1: { price: '$24 a month', note: 'From today' } } });
  await unlock.click();
  await expect.element(status).toHaveTextContent('$24 a month · From today');
});

it('says in a bar, too, what is bought: its question once stood alone', async () => {
  await offered({ layout: 'banner' });
  await unlock.click();
  await expect.element(question).toBeVisible();
  await expect.element(page.getByText('Unlock Advanced Analytics')).toBeVisible();
});

it('does not ask where the page accepts by itself, nor for an option that charges nothing', async () => {
  const element = await offered({ mock: 'three-options' });
  element.addEventListener('offer-accept', (event) => event.preventDefault());
  const byPage = oneEvent(element, 'offer-accept');
  await element.accept();
  expect((await byPage).option.id).toBe('option_1');
  const withoutCharge = oneEvent(element, 'offer-accept');
  await page.getByRole('button', { name: 'Talk to sales' }).click();
  expect((await withoutCharge).option.id).toBe('option_3');
});

it('without the element it is a state, in which a second accept() sends it and dismiss() goes back', async () => {
  const flow = createOfferFlow({ confirm: true, mock: 'one-option' });
  flow.ask();
  await expect.poll(() => flow.state.status).toBe('offered');
  await flow.accept();
  expect(flow.state.status).toBe('confirming');
  flow.dismiss();
  expect(flow.state.status).toBe('offered');
  await flow.accept();
  const accept = oneEvent(flow, 'offer-accept');
  void flow.accept();
  await accept;
  flow.stop();
});
