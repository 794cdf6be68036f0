/** What the page's CSS can ask the element: `upgrade-offer:state(completed)`. */
import { afterEach, expect, it, vi } from 'vitest';
import '../../../widget/define.js';
import type { UpgradeOffer } from '../../../widget/index.js';

const STATES = ['asking', 'offered', 'accepting', 'pending', 'completed', 'failed', 'unlocked', 'empty', 'closed'];

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

it.each([
  ['waiting', 'asking'],
  ['two-options', 'offered'],
  ['accepting', 'accepting'],
  ['pending', 'pending'],
  ['completed', 'completed'],
  ['failed-billing', 'failed'],
  ['unlocked', 'unlocked'],
  ['nothing', 'empty'],
] as const)('with the mock %s it is :state(%s), and nothing else', async (mock, name) => {
  const element = offer(mock);
  await expect.poll(() => statesOf(element)).toEqual([name]);
});

it('is :state(closed) once it is dismissed', async () => {
  const element = offer('two-options');
  await expect.poll(() => statesOf(element)).toEqual(['offered']);
  element.dismiss();
  await expect.poll(() => statesOf(element)).toEqual(['closed']);
});

it('works without states in a browser that has none, or none with such names', async () => {
  vi.spyOn(CustomStateSet.prototype, 'add').mockImplementation(() => {
    throw new DOMException('The state must start with "--".', 'SyntaxError');
  });
  const element = offer('two-options');
  await expect.poll(() => element.shadowRoot?.querySelector('h2')?.textContent).toBeTruthy();
  expect(statesOf(element)).toEqual([]);
});

function offer(mock: string): UpgradeOffer {
  const element = document.createElement('upgrade-offer');
  element.mock = mock;
  document.body.append(element);
  return element;
}

function statesOf(element: Element): string[] {
  return STATES.filter((name) => element.matches(`:state(${name})`));
}
