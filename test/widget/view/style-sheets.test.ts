/** The sheets of the shadow root: of what is shown now, and of nothing else. */
import { afterEach, expect, it } from 'vitest';
import type { UpgradeOffer } from '../../../widget/index.js';
import '../../../widget/define.js';

const elements: UpgradeOffer[] = [];

afterEach(() => {
  for (const element of elements.splice(0)) element.remove();
});

it('an element that shows nothing any more takes no room of its own, however often it has shown something', async () => {
  const element = await offer();
  for (let round = 0; round < 3; round += 1) {
    element.dismiss();
    await element.updateComplete;
    expect(getComputedStyle(element).display).toBe('contents');
    expect(element.shadowRoot?.adoptedStyleSheets).toHaveLength(1);
    await element.show();
    await expect.poll(() => padding(element)).toBeGreaterThan(0);
  }
});

it('an element that was in the document of a frame, and is back, has its look again', async () => {
  const element = await offer();
  const frame = document.createElement('iframe');
  document.body.append(frame);
  frame.contentDocument?.body.append(element);
  await element.updateComplete;
  document.body.append(element);
  await element.updateComplete;
  await expect.poll(() => padding(element)).toBeGreaterThan(0);
  frame.remove();
});

async function offer(): Promise<UpgradeOffer> {
  const element = document.createElement('upgrade-offer');
  element.mock = 'two-options';
  elements.push(element);
  document.body.append(element);
  await expect.poll(() => padding(element)).toBeGreaterThan(0);
  return element;
}

function padding({ shadowRoot }: UpgradeOffer): number {
  const surface = shadowRoot?.querySelector('[part~="surface"]');
  return surface ? parseFloat(getComputedStyle(surface).paddingBlockStart) : 0;
}
