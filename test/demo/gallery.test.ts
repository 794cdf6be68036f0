/** The gallery at `/`: every state of every layout, in a real browser. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type FrameLocator, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findStates, GROUPS, STATES } from '../../demo/gallery/states.js';
import { LAYOUTS } from '../../widget/flow/layout.js';
import { startDemo, type Demo } from '../../demo/demo.js';
import { chromiumLaunchOptions } from '../support/chromium.js';
import { axeViolations } from '../support/axe.js';

let demo: Demo;
let dataFolder: string;
let browser: Browser;

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'upgrade-offer-gallery-'));
  demo = await startDemo({ port: 0, dataFolder });
  browser = await chromium.launch(await chromiumLaunchOptions());
});

afterAll(async () => {
  await browser.close();
  await demo.close();
  await rm(dataFolder, { recursive: true });
});

describe.each([
  ['inline', 'light'],
  ['banner', 'dark'],
  ['modal', 'light-in-dark'],
  ['corner', 'light'],
])('all states as %s, %s', (layout, scheme) => {
  it.each(GROUPS)('are there and not cut, without an error, and axe finds nothing: %s', async (group) => {
    const states = STATES.filter((state) => state.group === group);
    // At rest: axe takes a text that fades in for one that is too pale.
    const page = await open(`/?${new URLSearchParams({ layout, scheme, group })}`, { reducedMotion: 'reduce' });
    // Frames load lazily, so each one must be scrolled into view.
    await page
      .locator('iframe')
      .evaluateAll((frames) => frames.forEach((frame) => frame.setAttribute('loading', 'eager')));
    await expect.poll(() => settledFrames(page)).toHaveLength(states.length);

    await expect.poll(() => framesWithOffer(page)).toEqual(states.map(({ isBlank }) => !isBlank));
    await expect.poll(() => cutFrames(page)).toEqual([]);
    expect(await axeViolations(page, page.frames().slice(1))).toEqual([]);
  });
});

it('the first view says what the product is, and leads to the sample app', async () => {
  const page = await open('/', { frames: 'empty' });
  await page.getByText('An upgrade offer in your own app').waitFor();
  await page.getByRole('link', { name: 'Try it in the sample app' }).click();
  await page.getByRole('heading', { name: 'Two upgrades to try' }).waitFor();
});

it('the URL of any state shows that state', async () => {
  const page = await open('/', { frames: 'empty' });
  const links = page.getByRole('main').getByRole('listitem').getByRole('link');
  const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  expect(addresses).toHaveLength(STATES.length);
  for (const [index, { name, title }] of STATES.entries()) {
    await page.evaluate((address) => {
      history.pushState(null, '', address);
      dispatchEvent(new PopStateEvent('popstate'));
    }, addresses[index]);
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toBe(title);
    const sources = () => page.locator('iframe').evaluateAll((all) => all.map((frame) => frame.getAttribute('src')));
    await expect.poll(sources).toHaveLength(3);
    const frames = await sources();
    // The URL of the default state does not name it.
    if (name !== 'one-option') for (const src of frames) expect(src).toContain(`state=${name}`);
  }
});

it('the URL restores every choice, and Back undoes one', async () => {
  const page = await open('/', { frames: 'empty' });
  await page.getByRole('radio', { name: 'modal' }).check();
  await page.getByRole('radio', { name: 'Problems' }).check();
  await page.getByRole('combobox', { name: 'Colour scheme' }).selectOption('Dark');
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch (Sie)');
  await page.getByRole('checkbox', { name: 'Right to left' }).check();
  await page.getByRole('checkbox', { name: 'Reduced motion' }).check();
  await page.getByRole('checkbox', { name: 'Forced colours (simulated)' }).check();
  await page.getByRole('searchbox').fill('billing');
  await page.getByRole('link', { name: 'Billing failed', exact: true }).click();

  await page.getByRole('heading', { name: 'Billing failed' }).waitFor();
  const colleague = await open(new URL(page.url()).search);
  for (const name of ['modal', 'Problems']) {
    await expect.poll(() => colleague.getByRole('radio', { name }).isChecked()).toBe(true);
  }
  for (const name of ['Right to left', 'Reduced motion', 'Forced colours (simulated)']) {
    await expect.poll(() => colleague.getByRole('checkbox', { name }).isChecked()).toBe(true);
  }
  await expect.poll(() => colleague.getByRole('combobox', { name: 'Colour scheme' }).inputValue()).toBe('dark');
  await expect.poll(() => colleague.getByRole('combobox', { name: 'Language' }).inputValue()).toBe('de');
  await expect.poll(() => colleague.getByRole('searchbox').inputValue()).toBe('billing');
  const words = 'Ihr Abonnement konnte nicht geändert werden';
  await colleague.frameLocator('iframe').first().getByText(words).waitFor();

  await page.goBack();
  await page.getByRole('heading', { name: 'Every state of the offer' }).waitFor();
  await expect
    .poll(() => page.getByRole('status').innerText())
    .toBe(`${findStates('billing', 'Problems').length} of ${STATES.length} states`);
  await page.goBack();
  await expect.poll(() => page.getByRole('checkbox', { name: 'Forced colours (simulated)' }).isChecked()).toBe(false);
});

it('one theme goes through gallery, content editor and theme editor with what else they share, and each wears it', async () => {
  const page = await open('/?theme=accent-color:%230a7d3c&scheme=dark&language=de&search=one+option');
  const header = page.getByRole('banner');
  const accent = (frame: FrameLocator, button: string) =>
    frame.getByRole('button', { name: button }).evaluate((element) => getComputedStyle(element).backgroundColor);
  await expect.poll(() => accent(page.frameLocator('iframe').first(), 'Jetzt freischalten')).toBe('rgb(10, 125, 60)');

  await header.getByRole('link', { name: 'Content' }).click();
  const card = page.frameLocator('iframe[title="Preview: Card"]');
  await expect.poll(() => accent(card, 'Unlock now')).toBe('rgb(10, 125, 60)');
  await expect.poll(() => page.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true);
  await page.getByRole('textbox', { name: 'First button' }).fill('Go');

  await header.getByRole('link', { name: 'Theme' }).click();
  await page.getByRole('textbox', { name: 'Accent, light, in CSS', exact: true }).fill('#be2a6b');
  await page.getByRole('textbox', { name: 'Accent, light, in CSS', exact: true }).blur();
  await header.getByRole('link', { name: 'Gallery' }).click();
  await page.getByRole('heading', { name: 'Every state of the offer' }).waitFor();
  const carried = () => Object.fromEntries(new URL(page.url()).searchParams);
  await expect.poll(carried).toEqual({
    theme: 'accent-color:light-dark(#be2a6b, #0a7d3c)',
    scheme: 'dark',
    language: 'de',
  });

  await page.getByRole('button', { name: 'Default theme' }).click();
  await expect.poll(() => accent(page.frameLocator('iframe').first(), 'Jetzt freischalten')).toBe('rgb(169, 177, 255)');
});

it('the layouts of a state are compared side by side', async () => {
  const page = await open('/?state=two-options&width=768', { frames: 'empty' });
  await page.getByRole('link', { name: 'Compare layouts' }).click();
  const titles = () => page.locator('iframe').evaluateAll((all) => all.map((frame) => frame.getAttribute('title')));
  await expect.poll(titles).toEqual(LAYOUTS.map((layout) => `Two options, ${layout}, 768 pixels wide`));
  await page.getByRole('link', { name: 'Compare widths' }).click();
  await expect.poll(titles).toHaveLength(3);
});

it('states are found by group and by words, and a search without results says so', async () => {
  const page = await open('/', { frames: 'empty' });
  const titles = () => page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts();
  await page.getByRole('radio', { name: 'Success' }).check();
  await expect.poll(titles).toEqual(STATES.filter(({ group }) => group === 'Success').map(({ title }) => title));

  await page.getByRole('radio', { name: 'All' }).check();
  await page.getByRole('searchbox').fill('german long');
  await expect.poll(titles).toEqual(['Long text']);
  await page.getByRole('searchbox').fill('no such thing');
  await page.getByText('No state matches “no such thing”.').waitFor();
  await page.getByRole('link', { name: 'Show all' }).click();
  await expect.poll(titles).toHaveLength(STATES.length);
});

it('works with the keyboard, also while dialogs open in the frames', async () => {
  const page = await open('/?layout=modal');
  await page.getByRole('searchbox').focus();
  await expect.poll(() => settledFrames(page)).not.toHaveLength(0);
  await page.keyboard.type('two options');
  expect(await page.getByRole('searchbox').inputValue()).toBe('two options');

  await page.getByRole('link', { name: 'Two options' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Two options');
  await expect.poll(() => settledFrames(page)).toHaveLength(3);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
});

it('is painted without waiting for any of its frames', async () => {
  const page = await open('/', { frames: 'unanswered' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expect
    .poll(() => page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length))
    .toBeGreaterThan(0);
  expect(await settledFrames(page)).toEqual([]);
});

it('a state can be restarted', async () => {
  const page = await open('/?state=one-option');
  const frame = page.frameLocator('iframe').first();
  await frame.getByRole('button', { name: 'Unlock now' }).click();
  await frame.getByText('Setting up your upgrade…').waitFor();
  await page.getByRole('button', { name: 'Restart' }).click();
  await frame.getByRole('button', { name: 'Unlock now' }).waitFor();
});

it.each<[name: string, options: BrowserContextOptions]>([
  ['on a laptop', { viewport: { width: 1280, height: 900 } }],
  ['on a phone, in dark mode', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
  ['with forced colours', { viewport: { width: 768, height: 900 }, forcedColors: 'active' }],
])('axe finds nothing, nothing jumps, and nothing is cut off %s', async (_, options) => {
  for (const path of ['/', '/?state=pending-long&layout=banner']) {
    const page = await open(path, options);
    await expect.poll(() => settledFrames(page)).not.toHaveLength(0);
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(await page.evaluate(layoutShift)).toBeLessThan(0.01);
  }
});

describe('a frame', () => {
  it('shows another language, and right to left for Arabic', async () => {
    const page = await open('/state.html?state=completed&language=ar');
    await page.getByRole('heading', { name: 'كل شيء جاهز' }).waitFor();
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
  });

  it('reveals untranslated text with the pseudo-locale', async () => {
    const page = await open('/state.html?language=pseudo');
    await page.getByRole('button', { name: 'Ûûññļööçķ ññööŵ' }).waitFor();
    await page.getByRole('button', { name: 'Ññööţ ññööŵ' }).waitFor();
  });

  it('has no motion with reduced motion, and only then', async () => {
    const turning = (page: Page) =>
      page.locator('upgrade-offer').evaluate(({ shadowRoot }) => shadowRoot?.getAnimations().length);
    const page = await open('/state.html?state=pending-long');
    await page.getByText('Setting up your upgrade…').waitFor();
    await expect.poll(() => turning(page)).toBeGreaterThan(0);
    await page.goto(`${demo.url}/state.html?state=pending-long&still=yes`);
    await page.getByText('Setting up your upgrade…').waitFor();
    await expect.poll(() => turning(page)).toBe(0);
  });

  it('unlocks a feature without motion with reduced motion, and its line still says so', async () => {
    const page = await open('/state.html?state=just-unlocked', { reducedMotion: 'reduce' });
    const watched = page.locator('upgrade-offer').evaluate(({ shadowRoot }) => {
      const moved: number[] = [];
      return new Promise<number[]>((resolve) => {
        const look = () => {
          moved.push(shadowRoot?.getAnimations().length ?? 0);
          if (shadowRoot?.textContent?.includes('Advanced Analytics is on.')) resolve(moved);
          else requestAnimationFrame(look);
        };
        look();
      });
    });
    expect(Math.max(...(await watched))).toBe(0);
  });

  it('shows its buttons as under the pointer, and as with the keyboard', async () => {
    const page = await open('/state.html?state=two-options');
    const looks = async () => {
      await page.locator('html[data-settled]').waitFor();
      return page.getByRole('button', { name: 'Go to' }).evaluateAll((buttons) =>
        buttons.map((button) => {
          const { backgroundColor, outlineStyle } = getComputedStyle(button);
          return { backgroundColor, outlineStyle };
        }),
      );
    };
    const resting = await looks();
    await page.goto('/state.html?state=two-options&buttons=hover');
    await expect
      .poll(async () =>
        (await looks()).map(({ backgroundColor }, at) => backgroundColor === resting[at]?.backgroundColor),
      )
      .toEqual([false, false]);
    await page.goto('/state.html?state=two-options&buttons=focus');
    await expect.poll(async () => (await looks()).map(({ outlineStyle }) => outlineStyle)).toEqual(['solid', 'solid']);
  });

  it('shows a light widget in a dark app', async () => {
    const page = await open('/state.html?scheme=light-in-dark');
    const scheme = (selector: string) =>
      page.locator(selector).evaluate((element) => getComputedStyle(element).colorScheme);
    await page.getByRole('button', { name: 'Unlock now' }).waitFor();
    expect([await scheme('html'), await scheme('upgrade-offer')]).toEqual(['dark', 'light']);
  });
});

interface Opening extends BrowserContextOptions {
  /** `empty` when a test only looks at the page around them, `unanswered` when they never load. */
  readonly frames?: 'empty' | 'unanswered';
}

/** @param path includes the query. The test fails when the console shows an error. */
async function open(path: string, { frames, ...options }: Opening = {}): Promise<Page> {
  const page = await browser.newPage({ baseURL: demo.url, ...options });
  if (frames === 'unanswered') await page.route('**/state.html*', () => {});
  if (frames === 'empty') await page.route('**/state.html*', (route) => route.fulfill({ body: '' }));
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  onTestFinished(async () => {
    await page.close();
    expect(errors, 'errors in the console').toEqual([]);
  });
  await page.goto(path, { waitUntil: frames === 'unanswered' ? 'domcontentloaded' : 'load' });
  return page;
}

async function settledFrames(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('iframe')]
      .filter(({ contentDocument }) => contentDocument?.documentElement.hasAttribute('data-settled'))
      .map(({ src }) => src),
  );
}

/** For each frame, whether its offer or the unlocked feature is on the page. */
async function framesWithOffer(page: Page): Promise<boolean[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('iframe')].map(({ contentDocument }) =>
      Boolean(contentDocument?.querySelector('upgrade-offer')?.shadowRoot?.querySelector('[part~=surface], slot')),
    ),
  );
}

/** The frames whose offer is not wholly seen. */
async function cutFrames(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isCut = (frame: HTMLIFrameElement) => {
      const surface = frame.contentDocument
        ?.querySelector('upgrade-offer')
        ?.shadowRoot?.querySelector('[part~=surface]');
      const stage = frame.closest('.stage');
      if (!surface || !stage) return false;
      const scrolls = (box: Element) =>
        box.scrollHeight > box.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(box).overflowY);
      return (
        surface.getBoundingClientRect().bottom > frame.clientHeight ||
        [surface, ...surface.querySelectorAll('*')].some(scrolls) ||
        frame.getBoundingClientRect().bottom > stage.getBoundingClientRect().bottom + 1
      );
    };
    return [...document.querySelectorAll('iframe')].filter(isCut).map(({ src }) => src);
  });
}

/** The layout shift since the page began to load, as browsers measure it. */
function layoutShift(): Promise<number> {
  let shifted = 0;
  const add = (entries: PerformanceEntryList) => {
    for (const entry of entries) shifted += Number(Reflect.get(entry, 'value'));
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  // The observer delivers its entries between two frames.
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  return frame()
    .then(frame)
    .then(() => {
      add(observer.takeRecords());
      return shifted;
    });
}
