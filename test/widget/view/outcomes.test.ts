/** What a page adds to an outcome, and what comes with it: ways on, the page's own button, and a feature that unlocks. */
import { fixture, html } from '@open-wc/testing/pure';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { UpgradeOffer } from '../../../widget/index.js';
import '../../../widget/define.js';

describe('after an upgrade', () => {
  it('the first action leads to what was bought', async () => {
    await accepted('completed', { 'done-href': '/reports' });
    const link = page.getByRole('link', { name: 'Start using it' });
    await expect.element(link).toHaveAttribute('href', `${location.origin}/reports`);
    await expect.element(page.getByRole('heading', { name: 'You’re all set' })).toBeVisible();
    await expect.element(page.getByText('Unlock Advanced Analytics')).toBeVisible();
  });

  it('the page’s own button takes its place', async () => {
    const element = await accepted('completed', { 'done-href': '/reports' });
    element.insertAdjacentHTML('beforeend', '<a slot="done" href="#reports">Open the reports</a>');
    element.requestUpdate();
    await expect.element(page.getByRole('link', { name: 'Open the reports' })).toBeVisible();
    await expect.element(page.getByRole('link', { name: 'Start using it' })).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Close' }).click();
    await expect.element(page.getByRole('region')).not.toBeInTheDocument();
  });
});

describe('a way to support', () => {
  it('by mail is the first action where only that helps', async () => {
    await accepted('failed-internal', { 'support-href': 'mailto:help@app.example' });
    const link = page.getByRole('link', { name: 'Contact support' });
    await expect.element(link).toHaveAttribute('href', 'mailto:help@app.example');
    await expect.element(page.getByText('Contact support and we’ll sort it out.')).toBeVisible();
  });

  it('leaves what the page says of a failure as it is', async () => {
    const element = await accepted('failed-app', { 'support-href': 'mailto:help@app.example' });
    element.strings = { appFailed: 'Your card was declined.' };
    await expect.element(page.getByText('Your card was declined.')).toBeVisible();
    await expect.element(page.getByRole('link', { name: 'Contact support' })).toBeVisible();
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'http://'])('that is no address is ignored: %s', async (href) => {
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    await accepted('failed-internal', { 'support-href': href });
    await expect.element(page.getByText('Your upgrade wasn’t completed.')).toBeVisible();
    await expect.element(page.getByRole('link')).not.toBeInTheDocument();
    await expect.poll(() => warned.mock.calls.flat().join()).toContain('ignores support-href');
    warned.mockRestore();
  });
});

describe('a feature that unlocks', () => {
  // Its line stays as long as the test looks.
  const RECEIPT_MS = 4_000;
  const start = globalThis.setTimeout;
  beforeEach(() => {
    vi.spyOn(globalThis, 'setTimeout').mockImplementation((run, ms, ...given) =>
      start(run, ms === RECEIPT_MS ? 600_000 : ms, ...given),
    );
  });
  afterEach(() => vi.restoreAllMocks());

  it('comes while the card goes, and a line says so', async () => {
    const element = await accepted('completed', { feature: 'reports' });
    element.strings = { unlocked: 'Advanced Analytics is on.' };
    await expect.element(page.getByRole('status')).toHaveTextContent('Advanced Analytics is on.');
    await expect.element(page.getByText('The reports')).toBeVisible();
    expect(element.shadowRoot?.querySelector('.leaving')?.checkVisibility()).toBe(true);
    expect(page.getByRole('region').elements()).toHaveLength(0);
  });

  it('takes the room that it will keep: neither the line nor the card has any', async () => {
    const element = await accepted('completed', { feature: 'reports' });
    await expect.element(page.getByRole('status')).toHaveTextContent(/./);
    const feature = page.getByText('The reports').element();
    const { top } = feature.getBoundingClientRect();
    expect(element.parentElement?.firstElementChild).toBe(element);
    element.shadowRoot?.querySelector('.receipt')?.remove();
    expect(feature.getBoundingClientRect().top).toBe(top);
  });
});

async function accepted(mock: string, attributes: Record<string, string>): Promise<UpgradeOffer> {
  const place = await fixture(html`<div></div>`);
  const element = document.createElement('upgrade-offer');
  element.mock = mock;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.innerHTML = '<p slot="unlocked">The reports</p>';
  place.append(element);
  return element;
}
