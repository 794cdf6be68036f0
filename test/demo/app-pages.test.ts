/** The pages of the sample app in each main state: they pass axe, and nothing jumps. */
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { visits } from './visit.js';

const visit = visits();

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Google rates up to 0.1 as "good". Here only the footer may move. */
const BARELY_VISIBLE_SHIFT = 0.02;

const offered = (name: string) => (page: Page) => page.getByRole('button', { name }).waitFor();

const STATES: Readonly<Record<string, { path: string; until: (page: Page) => Promise<unknown> }>> = {
  overview: { path: '', until: (page) => page.getByRole('button', { name: 'Ada', pressed: true }).waitFor() },
  'analytics, offered inline': { path: 'analytics.html', until: offered('Unlock now') },
  'analytics, offered in a modal': { path: 'analytics.html?layout=modal', until: offered('Unlock now') },
  'analytics, dismissed': {
    path: 'analytics.html',
    until: async (page) => {
      await page.getByRole('button', { name: 'Not now' }).click();
      await page.getByText('Advanced Analytics is not part of your plan yet.').waitFor();
    },
  },
  'analytics, could not be checked': {
    path: 'analytics.html',
    until: async (page) => {
      await page.route('**/upgrade-offer/offers', (route) => route.abort());
      await page.reload();
      await page.getByText('We could not check whether').waitFor();
    },
  },
  'analytics, unlocked': {
    path: 'analytics.html',
    until: async (page) => {
      await page.getByRole('button', { name: 'Unlock now' }).click();
      await page.getByRole('button', { name: 'Pay and unlock' }).click();
      await page.getByRole('link', { name: 'Open Analytics' }).click();
      await page.getByRole('heading', { name: 'From visit to team' }).waitFor();
    },
  },
  'analytics in React, offered': { path: 'react.html', until: offered('Unlock now') },
  'analytics in React, offered in a modal': {
    path: 'react.html',
    until: async (page) => {
      await page.getByRole('radio', { name: 'As a modal' }).check();
      await page.getByRole('dialog').getByRole('button', { name: 'Unlock now' }).waitFor();
    },
  },
  'analytics in React, to be continued': {
    path: 'react.html',
    until: async (page) => {
      await page.getByRole('button', { name: 'Unlock now' }).click();
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.getByRole('link', { name: 'Continue' }).waitFor();
    },
  },
  'thank you': {
    path: 'analytics.html',
    until: async (page) => {
      await page.getByRole('button', { name: 'Unlock now' }).click();
      await page.getByRole('button', { name: 'Pay and unlock' }).click();
      await page.getByText('Advanced Analytics is on for everyone at').waitFor();
    },
  },
  'storage with room': { path: 'storage.html', until: (page) => page.getByText('of 100 GB').waitFor() },
  'storage, offered': { path: 'storage.html?used=86', until: offered('Add 100 GB storage') },
  'the funnel': {
    path: 'analytics.html',
    until: async (page) => {
      await offered('Unlock now')(page);
      await page.goto('/app/funnel.html');
      await page.getByRole('heading', { name: 'Unlock Advanced Analytics' }).waitFor();
    },
  },
  'upgrade, nothing to pay': {
    path: 'upgrade.html',
    until: (page) => page.getByText('There is nothing to pay.').waitFor(),
  },
  'upgrade, waiting to be paid': {
    path: 'analytics.html',
    until: async (page) => {
      await page.getByRole('button', { name: 'Unlock now' }).click();
      await page.getByRole('button', { name: 'Pay and unlock' }).waitFor();
    },
  },
};

describe.for(Object.entries(STATES))('%s', ([, { path, until }]) => {
  it('passes axe, light and wide, and dark on a phone with the timeline open', async () => {
    const { page } = await visit({ losesNetwork: true });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`/app/${path}`);
    await until(page);
    expect(await violations(page), 'light').toEqual([]);

    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), 'scrolls sideways').toBeLessThanOrEqual(
      320,
    );
    if ((await page.getByRole('dialog').count()) === 0) {
      await page.getByRole('button', { name: 'Show the timeline' }).click();
      await page.getByRole('complementary').locator('summary').first().click();
    }
    expect(await violations(page), 'dark').toEqual([]);
  });
});

it.for([1280, 768, 320])('does not jump while its pages load at %d px', async (width) => {
  const { page } = await visit();
  await page.setViewportSize({ width, height: 800 });
  const storage = width < 640 ? 'storage with room' : 'storage, offered';
  for (const state of ['overview', 'analytics, offered inline', storage, 'upgrade, nothing to pay']) {
    const { path = '', until } = STATES[state] ?? {};
    await page.goto(`/app/${path}`);
    await until?.(page);
    expect(await shift(page), state).toBeLessThan(BARELY_VISIBLE_SHIFT);
  }
});

async function violations(page: Page): Promise<unknown[]> {
  await page.addScriptTag({ path: AXE });
  const found = await page.evaluate<AxeResults['violations']>('axe.run().then(({ violations }) => violations)');
  return found.map(({ id, nodes }) => [id, ...nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)]);
}

/** The layout shift without user input, as browsers measure it. */
function shift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const shifts = list.getEntries().filter((entry) => !Reflect.get(entry, 'hadRecentInput'));
          resolve(shifts.reduce((sum, entry) => sum + Number(Reflect.get(entry, 'value')), 0));
        }).observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)));
      }),
  );
}
