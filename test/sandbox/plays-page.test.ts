/** Plays, audiences, priorities and mapped fields, edited on the sandbox's page. */
import type { Page } from 'playwright';
import { beforeEach, describe, expect, it } from 'vitest';
import { startChargebee } from '../support/chargebee-http.js';
import { visitorOf } from './browser.js';

const { url, sandbox, customer } = await startChargebee();
const { open } = visitorOf(url);

const ordinary = sandbox.plays.current();
beforeEach(() => sandbox.plays.replace(ordinary));

const openPlays = () => open('/sandbox/pages/plays');
const form = (page: Page, name: string) => page.getByRole('form', { name });
const BOTH = { has_advanced_analytics: false, storage_used_percent: 90 };

describe('a play', () => {
  it('gets another priority with the keyboard alone, and wins at once', async () => {
    const page = await openPlays();
    expect((await customer().offer(BOTH))?.offer_id).toBe('advancedAnalytics');
    await page.locator('summary', { hasText: 'Add storage' }).focus();
    await page.keyboard.press('Enter');
    await form(page, 'Add storage').getByLabel('Priority').focus();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('99');
    await page.keyboard.press('Enter');

    await page.locator('summary', { hasText: 'Add storage' }).getByText('priority 99').waitFor();
    expect((await customer().offer(BOTH))?.offer_id).toBe('moreStorage');
  });

  it('gets another rule, option and grant, and keeps the rest', async () => {
    const page = await openPlays();
    await page.locator('summary', { hasText: 'Add storage' }).click();
    const storage = form(page, 'Add storage');
    await storage.getByLabel('Field').last().selectOption('custom.has_advanced_analytics');
    await storage.getByLabel('Value').last().fill('true');
    await storage.getByLabel('Label').last().fill('Pay now');
    await storage.getByLabel('Processing type').last().selectOption('checkout');
    await storage.getByLabel('Redirect URL or layout').last().fill('in_app');
    await storage.getByLabel('Feature').last().selectOption('Seats');
    await storage.getByLabel('Level').last().fill('3');
    await storage.getByRole('button', { name: 'Save play' }).click();
    await page.getByText('custom.has_advanced_analytics is true').waitFor();

    const [, before] = ordinary.plays;
    const [, after] = sandbox.plays.current().plays;
    expect(after).toMatchObject({
      name: before?.name,
      priority: before?.priority,
      audience: [...(before?.audience ?? []), { field: 'custom.has_advanced_analytics', operator: 'is', value: true }],
      offer: {
        id: before?.offer.id,
        content: before?.offer.content,
        options: [
          ...(before?.offer.options ?? []),
          {
            id: expect.stringMatching(/^[0-9a-f]{8}$/),
            label: 'Pay now',
            processing_type: 'checkout',
            processing_layout: 'in_app',
          },
        ],
      },
      grants: [...(before?.grants ?? []), { feature: { feature_id: 'seats' }, add: '3' }],
    });
    expect(await customer().offer({ storage_used_percent: 90 })).toBeUndefined();
    expect(await customer().offer({ storage_used_percent: 90, has_advanced_analytics: true })).toBeDefined();
  });

  it('loses a rule whose field is cleared', async () => {
    const page = await openPlays();
    await page.locator('summary', { hasText: 'Unlock analytics' }).click();
    const analytics = form(page, 'Unlock analytics');
    await analytics.getByLabel('Field').first().selectOption('—');
    await analytics.getByRole('button', { name: 'Save play' }).click();
    await page.locator('summary', { hasText: 'for everyone' }).waitFor();
    expect((await customer().offer())?.offer_id).toBe('advancedAnalytics');
  });

  it('is offered once it is added, and not once it is removed', async () => {
    const page = await openPlays();
    await page.locator('summary', { hasText: 'Add a play' }).click();
    const added = form(page, 'New play');
    await added.getByLabel('Name', { exact: true }).fill('Everyone');
    await added.getByLabel('Offer id').fill('forAll');
    await added.getByLabel('Title').fill('<b>For all</b>');
    await added.getByLabel('Label').fill('Yes');
    await added.getByLabel('Processing type').selectOption('email');
    await added.getByRole('button', { name: 'Add play' }).click();

    await page.locator('summary', { hasText: 'Everyone' }).click();
    expect(await customer().offer()).toMatchObject({
      offer_id: 'forAll',
      content: { title: '<b>For all</b>' },
      options: [{ label: 'Yes', processing_type: 'email' }],
    });

    await form(page, 'Everyone').getByRole('button', { name: 'Remove play' }).click();
    await expect.poll(() => page.locator('summary', { hasText: 'Everyone' }).count()).toBe(0);
    expect(await customer().offer()).toBeUndefined();
    expect(sandbox.plays.current()).toEqual(ordinary);
  });

  it('with a mistake comes back as it was typed, and the saved one stays', async () => {
    const page = await openPlays();
    await page.locator('summary', { hasText: 'Unlock analytics' }).click();
    const analytics = form(page, 'Unlock analytics');
    await analytics.getByLabel('Value').first().fill('maybe');
    await analytics.getByLabel('Redirect URL or layout').first().fill('');
    await analytics.getByLabel('Description').fill('Typed with care\nin two lines');
    await analytics.getByRole('button', { name: 'Save play' }).click();

    const alert = page.getByRole('alert');
    await alert.getByText('plays[0].audience[0].value').waitFor();
    await alert.getByText('plays[0].offer.options[0].redirect_url: is missing').waitFor();
    expect(await analytics.getByLabel('Value').first().inputValue()).toBe('maybe');
    expect(await analytics.getByLabel('Description').inputValue()).toBe('Typed with care\nin two lines');
    expect(sandbox.plays.current()).toEqual(ordinary);
  });
});

describe('the mapped fields', () => {
  it('take a new one, which audiences can then use', async () => {
    const page = await openPlays();
    await page.getByRole('textbox', { name: 'Field', exact: true }).last().fill('custom.seats_used');
    await page.getByRole('combobox', { name: 'Type', exact: true }).last().selectOption('number');
    await page.getByRole('button', { name: 'Save fields' }).click();
    await expect.poll(() => sandbox.plays.current().fields).toHaveProperty(['custom.seats_used'], 'number');
    expect(sandbox.plays.current().plays).toEqual(ordinary.plays);
  });

  it('keep one that a play needs', async () => {
    const page = await openPlays();
    const names = page.getByRole('textbox', { name: 'Field', exact: true });
    await names.first().fill('');
    await page.getByRole('button', { name: 'Save fields' }).click();
    await page.getByRole('alert').getByText('custom.has_advanced_analytics is not mapped').waitFor();
    expect(sandbox.plays.current()).toEqual(ordinary);
  });
});

describe('everything as JSON', () => {
  const json = (page: Page) => page.getByLabel('Fields, plays, and the entitlements of an ordinary subscription');
  const save = (page: Page) => page.getByRole('button', { name: 'Save JSON' }).click();

  it('replaces everything', async () => {
    const page = await openPlays();
    const shown = JSON.parse(await json(page).inputValue());
    expect(shown).toEqual(ordinary);
    await json(page).fill(JSON.stringify({ ...shown, plays: [] }));
    await save(page);
    await expect.poll(() => sandbox.plays.current().plays).toEqual([]);
  });

  it.each(['{ "fields": ', '{ "fields": {} }'])('comes back when it is wrong: %s', async (typed) => {
    const page = await openPlays();
    await json(page).fill(typed);
    await save(page);
    await page.getByRole('alert').waitFor();
    expect(await json(page).inputValue()).toBe(typed);
    expect(sandbox.plays.current()).toEqual(ordinary);
  });
});
