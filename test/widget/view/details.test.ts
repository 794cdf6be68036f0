/** A bar says one sentence. What it has cut short of the description is one press away, in place. */
import axe from 'axe-core';
import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../../widget/define.js';

const SENTENCE = 'See which teams use what, and where the time goes. ';
const LIST = 'What you get: <ul><li>Forecasts</li><li>Alerts</li></ul>';

const details = page.getByRole('button', { name: 'Details' });

afterEach(async () => {
  document.body.replaceChildren();
  document.documentElement.lang = 'en';
  await page.viewport(800, 700);
});

/** At the top of a long page. */
async function bar(description: string, isSticky = false) {
  const element = document.createElement('upgrade-offer');
  const options = [{ id: 'opt_1', label: 'Add', action: 'email' }];
  const offer = { id: 'off_1', title: 'Add seats', description, options, expiresAt: Infinity };
  const mock = { offers: { offer }, outcomes: [{ status: 'completed', fulfillmentId: 'ful_1' }] };
  Object.assign(element, { layout: 'banner', mock });
  element.toggleAttribute('sticky', isSticky);
  const place = document.createElement('div');
  place.style.blockSize = '5000px';
  place.append(element);
  document.body.append(place);
  await expect.element(page.getByRole('heading', { name: 'Add seats' })).toBeVisible();
  const part = (name: string) => {
    const found = element.shadowRoot?.querySelector(`[part~="${name}"]`);
    if (!found) throw new Error(`Failed to find the part "${name}": it is not drawn.`);
    return found;
  };
  return { element, part, height: () => part('surface').getBoundingClientRect().height };
}

/** Without a pointer: after a change of the viewport, Playwright's pointer finds no button in Firefox (also a plain one). */
function press(button: Element): void {
  if (!(button instanceof HTMLElement)) throw new Error('Failed to press the button: it is none.');
  button.focus();
  button.click();
}

it.each([320, 768])('opens what was cut short in place, and closes it, at %i px', async (width) => {
  await page.viewport(width, 700);
  const { part, height } = await bar(SENTENCE.repeat(9));
  await expect.element(details).toHaveAttribute('aria-expanded', 'false');
  const closed = height();
  press(part('details'));
  await expect.element(details).toHaveAttribute('aria-expanded', 'true');
  expect(part('description').scrollHeight).toBeLessThanOrEqual(part('description').clientHeight + 1);
  expect(height()).toBeGreaterThan(closed);
  press(part('details'));
  expect(height()).toBe(closed);
});

it('does not make the bar higher', async () => {
  const long = await bar(SENTENCE.repeat(9));
  await expect.element(details).toBeVisible();
  const height = long.height();
  const button = long.part('details');
  if (button instanceof HTMLElement) button.hidden = true;
  expect(long.height()).toBe(height);
});

it('shows the list that a bar has no room for', async () => {
  const { part } = await bar(`<p>${SENTENCE}</p>${LIST}`);
  await expect.element(details).toBeVisible();
  await expect.element(page.getByText('Forecasts')).not.toBeVisible();
  press(part('details'));
  await expect.element(page.getByText('Forecasts')).toBeVisible();
});

it('is not there where nothing is cut short, and comes when the window gets too narrow for the words', async () => {
  await page.viewport(1280, 700);
  await bar(SENTENCE.repeat(3));
  await page.viewport(320, 700);
  await expect.element(details).toBeVisible();
  await page.viewport(1280, 700);
  await expect.element(details).not.toBeInTheDocument();
});

it('never makes a bar that sticks take more than a quarter of the window: the words scroll, also by keyboard', async () => {
  const { part, height } = await bar(SENTENCE.repeat(40), true);
  await expect.element(details).toBeVisible();
  press(part('details'));
  await expect.poll(() => part('description').clientHeight).toBeLessThan(part('description').scrollHeight - 100);
  expect(height()).toBeLessThanOrEqual(innerHeight / 4);
  await expect.poll(() => getComputedStyle(part('surface')).position).toBe('sticky');
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
  // A slow browser may miss a key that comes before it has drawn the words, or before this frame has the focus.
  await expect
    .poll(async () => {
      window.focus();
      await userEvent.keyboard('{End}');
      return part('description').scrollTop;
    })
    .toBeGreaterThan(0);
});

it('has nothing that axe complains about, open', async () => {
  const { element, part } = await bar(SENTENCE.repeat(40), true);
  await expect.element(details).toBeVisible();
  press(part('details'));
  for (const motion of element.shadowRoot?.getAnimations() ?? []) motion.finish();
  const { violations } = await axe.run(element);
  expect(violations.map(({ id }) => id)).toEqual([]);
});

it('speaks the language of the page, and says what the page wants said', async () => {
  document.documentElement.lang = 'pt-BR';
  const { element } = await bar(SENTENCE.repeat(9));
  await expect.element(page.getByRole('button', { name: 'Detalhes' })).toBeVisible();
  element.strings = { details: 'Saiba mais' };
  await expect.element(page.getByRole('button', { name: 'Saiba mais' })).toBeVisible();
});

it('goes with the offer', async () => {
  const { element } = await bar(SENTENCE.repeat(9));
  await expect.element(details).toBeVisible();
  await element.accept();
  await expect.element(page.getByText('You’re all set')).toBeVisible();
  expect(details.query()).toBeNull();
});
