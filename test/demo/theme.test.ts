/** The theme editor at `/theme.html`, as a designer uses it. */
import type { FrameLocator, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeViolations } from '../support/axe.js';
import { hostStaticPages, layoutShift, onDisk, type StaticPages } from './static-pages.js';
import { visits } from './visit.js';

const visit = visits();

let pages: StaticPages;

beforeAll(async () => {
  pages = await hostStaticPages();
});

afterAll(() => pages.close());

const SHADCN = `@layer base {
  :root {
    --background: 0 0% 100%;
    --primary: 142 76% 30%;
    --primary-foreground: 355.7 100% 97.3%;
    --radius: 0.25rem;
    --font-sans: Georgia, serif;
    --sidebar-width: 16rem;
  }
  .dark {
    --primary: 142 70% 60%;
    --primary-foreground: var(--leaf);
    --leaf: 144 80% 10%;
  }
}`;

it('shows a changed token in all three layouts, in the CSS and in the URL', async () => {
  const page = await pages.open('theme.html');
  await page.getByRole('textbox', { name: 'Accent, light, in CSS', exact: true }).fill('#0a7d3c');
  await page.getByRole('textbox', { name: 'Accent, light, in CSS', exact: true }).blur();

  for (const layout of ['Banner', 'Card', 'Dialog']) {
    await expect.poll(() => backgroundOf(preview(page, layout), 'Unlock now')).toBe('rgb(10, 125, 60)');
  }
  await expect
    .poll(() => codeOf(page))
    .toBe(`upgrade-offer {\n  --upgrade-offer-accent-color: light-dark(#0a7d3c, #a9b1ff);\n}\n`);
  const theme = () => new URL(page.url()).searchParams.get('theme');
  await expect.poll(theme).toBe('accent-color:light-dark(#0a7d3c, #a9b1ff)');

  await page.getByRole('button', { name: 'Reset Accent' }).click();
  await expect.poll(() => backgroundOf(preview(page, 'Card'), 'Unlock now')).toBe('rgb(66, 54, 201)');
  await expect.poll(theme).toBeNull();
});

it('sets a length with the keyboard, and changes its unit without changing its size', async () => {
  const page = await pages.open('theme.html');
  const corners = page.getByRole('slider', { name: 'Corners', exact: true });
  await corners.press('ArrowRight');
  await expect.poll(() => corners.getAttribute('aria-valuetext')).toBe('17 px');
  await corners.press('ArrowLeft');
  const unit = page.getByRole('combobox', { name: 'Corners, unit', exact: true });
  await unit.selectOption('rem');
  await expect.poll(() => corners.getAttribute('aria-valuetext')).toBe('1 rem');
  await expect.poll(() => codeOf(page)).toContain('--upgrade-offer-surface-border-radius: 1rem;');

  await page.getByRole('button', { name: 'Reset Corners' }).click();
  await expect.poll(() => unit.inputValue()).toBe('px');
});

it('refuses a value that is not a colour', async () => {
  const page = await pages.open('theme.html');
  const accent = page.getByRole('textbox', { name: 'Accent, dark, in CSS', exact: true });
  await accent.fill('blurple; } body { display: none');
  await accent.blur();
  await expect.poll(() => accent.inputValue()).toBe('#a9b1ff');
  await expect.poll(() => codeOf(page)).toContain('Nothing is set');
});

it('applies a preset, font included, and Back removes it', async () => {
  const page = await pages.open('theme.html');
  await page.getByRole('button', { name: 'Serif editorial' }).click();
  await page.getByRole('button', { name: 'Serif editorial', pressed: true }).waitFor();
  const title = preview(page, 'Card').getByRole('heading', { name: 'Unlock Advanced Analytics' });
  await expect.poll(() => title.evaluate((heading) => getComputedStyle(heading).fontFamily)).toContain('Palatino');

  await page.goBack();
  await page.getByRole('button', { name: 'Default', pressed: true }).waitFor();
  await expect.poll(() => title.evaluate((heading) => getComputedStyle(heading).fontFamily)).not.toContain('Palatino');
});

it('says which pair fails, and when all pass again', async () => {
  const page = await pages.open('theme.html?theme=muted-color:light-dark(%23999,%23b3b8ca)');
  const contrast = page.getByRole('region', { name: 'Contrast' });
  await contrast.getByText('2 of 30 pairs fail WCAG 2.2 AA.').waitFor();
  await page.getByRole('link', { name: 'Contrast: 2 fail' }).waitFor();
  const row = contrast.getByRole('row', { name: 'Description on the surface' });
  expect(await row.getByRole('cell').allInnerTexts()).toEqual([
    expect.stringMatching(/2\.84\s+Fail/),
    expect.stringMatching(/8\.49\s+Pass/),
  ]);

  await page.getByRole('button', { name: 'Reset Muted text' }).click();
  await contrast.getByText('Every pair passes WCAG 2.2 AA.').waitFor();
});

it('fixes a failing pair by its lightness, and all of them at once', async () => {
  const page = await pages.open('theme.html?theme=muted-color:light-dark(%23999,%23555)');
  const contrast = page.getByRole('region', { name: 'Contrast' });
  await contrast.getByText('4 of 30 pairs fail WCAG 2.2 AA.').waitFor();
  await contrast.getByRole('button', { name: 'Fix: Description on the banner, light' }).click();
  await contrast.getByText('2 of 30 pairs fail WCAG 2.2 AA.').waitFor();
  await contrast.getByRole('button', { name: 'Fix all' }).click();
  await contrast.getByText('Every pair passes WCAG 2.2 AA.').waitFor();
  await page.getByRole('link', { name: 'Contrast: all pass' }).waitFor();
});

it("imports another system's variables by reference, and lists which are used and which are not", async () => {
  const page = await pages.open('theme.html');
  await page.getByRole('radio', { name: 'Import my tokens' }).check();
  const panel = page.getByRole('region', { name: 'Import my tokens' });
  expect(await panel.getByRole('button', { name: 'Import' }).isDisabled()).toBe(true);
  await panel.getByRole('textbox').fill(SHADCN);

  await panel.getByRole('status').getByText('set from shadcn/ui. Dark mode by .dark.').waitFor();
  const taken = panel.getByRole('list', { name: 'Imported' }).getByRole('listitem');
  await taken.filter({ hasText: 'Accent hsl(var(--primary))' }).waitFor();
  await taken.filter({ hasText: 'Button corners calc(var(--radius) - 2px)' }).waitFor();
  await panel.getByText('2 variables not used').click();
  const left = panel.getByRole('list', { name: 'Not used' }).getByRole('listitem');
  await expect
    .poll(() => left.allInnerTexts())
    .toEqual([expect.stringContaining('--sidebar-width'), expect.stringContaining('--leaf')]);

  await panel.getByRole('button', { name: 'Import' }).click();
  await expect.poll(() => backgroundOf(preview(page, 'Card'), 'Unlock now')).toBe('rgb(18, 135, 61)');
  await expect.poll(() => codeOf(page)).toContain('--upgrade-offer-accent-color: hsl(var(--primary));');
  await expect.poll(() => codeOf(page)).toContain('.dark upgrade-offer {\n  color-scheme: dark;\n}');
  await page.getByRole('radio', { name: 'Values' }).check();
  await expect.poll(() => codeOf(page)).toContain('light-dark(hsl(142 76% 30%), hsl(142 70% 60%))');
  await expect.poll(() => codeOf(page)).toContain('light-dark(hsl(355.7 100% 97.3%), hsl(144 80% 10%))');
});

it('uses a variable that was left aside for what a person chooses', async () => {
  const page = await pages.open('theme.html?panel=import');
  const panel = page.getByRole('region', { name: 'Import my tokens' });
  await panel.getByRole('textbox').fill('--primary: #123456; --sea: color-mix(in oklab, #0a4d68 50%, #000);');
  await panel.getByText('1 variable not used').click();
  await panel.getByRole('combobox', { name: 'Use --sea for' }).selectOption('Accent');
  const accent = panel.getByRole('listitem').filter({ hasText: /Accent\b.*var\(/ });
  await expect.poll(() => accent.first().innerText()).toContain('var(--sea)');
  await panel.getByRole('button', { name: 'Undo: --sea for Accent' }).click();
  await expect.poll(() => accent.first().innerText()).toContain('var(--primary)');
});

it('knows a design system by its name, without a stylesheet', async () => {
  const page = await pages.open('theme.html?panel=import');
  const panel = page.getByRole('region', { name: 'Import my tokens' });
  await panel.getByRole('combobox', { name: 'Design system' }).selectOption('Material 3');
  await panel.getByRole('button', { name: 'Import' }).click();
  const button = preview(page, 'Card').getByRole('button', { name: 'Unlock now' });
  await expect.poll(() => button.evaluate((element) => getComputedStyle(element).borderRadius)).toBe('9999px');
  await expect.poll(() => backgroundOf(preview(page, 'Card'), 'Unlock now')).toBe('rgb(103, 80, 164)');
});

it('copies the code of each framework, and tells a screen reader', async () => {
  const page = await pages.open('theme.html?panel=export&theme=surface-padding:2rem');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  for (const name of ['HTML', 'Vue', 'Svelte', 'Angular', 'React', 'Design tokens', 'CSS']) {
    await page.getByRole('radio', { name }).check();
    await page.getByRole('button', { name: `Copy: the ${name} code` }).click();
    await page.getByRole('status').getByText(`Copied the ${name} code.`).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await codeOf(page, name));
    const held = { React: './upgrade-offer.css', 'Design tokens': '"surface-padding": {' };
    expect(copied).toContain(Reflect.get(held, name) ?? '--upgrade-offer-surface-padding: 2rem;');
  }
});

it('says so when the browser does not allow copying', async () => {
  const page = await pages.open('theme.html');
  await page.evaluate(() => Object.defineProperty(navigator.clipboard, 'writeText', { value: () => Promise.reject() }));
  await page.getByRole('button', { name: 'Copy CSS: the CSS of this theme' }).click();
  await page.getByRole('status').getByText('The browser does not allow copying.').waitFor();
});

it('shows a colleague the same through its URL', async () => {
  const page = await pages.open('theme.html');
  await page.getByRole('button', { name: 'Rounded' }).click();
  await page.getByRole('radio', { name: 'Dark' }).check();
  await page.getByRole('radio', { name: 'Failed' }).check();
  await page.getByRole('radio', { name: 'Export' }).check();
  await page.getByRole('radio', { name: 'Svelte' }).check();
  await expect.poll(() => page.url().toLowerCase()).toContain('svelte');

  const other = await pages.open(page.url());
  for (const name of ['Dark', 'Failed', 'Export', 'Svelte'])
    await expect.poll(() => other.getByRole('radio', { name }).isChecked()).toBe(true);
  await expect.poll(() => codeOf(other, 'Svelte')).toBe(await codeOf(page, 'Svelte'));
  const card = preview(other, 'Card');
  await card.getByText('We couldn’t change your subscription').waitFor();
  await expect.poll(() => backgroundOf(card, 'Try again')).toBe('rgb(255, 158, 199)');
});

it('works as files opened from a disk, where a link shows the same too', async () => {
  const page = await pages.open(onDisk('theme.html'));
  await page.getByRole('button', { name: 'Dense' }).click();
  await expect.poll(() => backgroundOf(preview(page, 'Dialog'), 'Unlock now')).toBe('rgb(11, 92, 173)');
  await expect.poll(() => page.url()).toContain('theme=');
  const again = await pages.open(page.url());
  await again.getByRole('button', { name: 'Dense', pressed: true }).waitFor();
});

it('is part of the demo, where it also links to the sample app', async () => {
  const { page } = await visit();
  await page.goto('/');
  await page.getByRole('link', { name: 'Theme' }).click();
  await preview(page, 'Card').getByRole('button', { name: 'Unlock now' }).waitFor();
  await page.getByRole('link', { name: 'Content' }).click();
  await preview(page, 'Card').getByRole('button', { name: 'Unlock now' }).waitFor();
  await page.getByRole('link', { name: 'Sample app' }).waitFor();
});

it('keeps the focus when the dialog in the preview opens again', async () => {
  const page = await pages.open('theme.html');
  await preview(page, 'Dialog').getByRole('dialog').waitFor();
  const radio = page.getByRole('radio', { name: 'Done' });
  await radio.check();
  await preview(page, 'Dialog').getByText('Your upgrade is ready to use.').waitFor();
  await expect.poll(() => radio.evaluate((element) => element === document.activeElement)).toBe(true);
});

it('keeps a field that gets the focus out from under the bar and the previews of a phone', async () => {
  const page = await pages.open('theme.html', { viewport: { width: 390, height: 844 } });
  await preview(page, 'Card').getByRole('button', { name: 'Unlock now' }).waitFor();
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const field = page.getByRole('textbox', { name: 'Muted text, light, in CSS' });
  await field.focus();
  const isSeen = () =>
    field.evaluate((element) => {
      const { left, top } = element.getBoundingClientRect();
      return document.elementFromPoint(left + 4, top + 4) === element;
    });
  await expect.poll(isSeen).toBe(true);
});

it.each([
  ['on a laptop', { width: 1280, height: 800 }, 'light'],
  ['on a phone, in dark mode', { width: 320, height: 640 }, 'dark'],
] as const)('axe finds nothing, nothing jumps and nothing is cut off %s', async (_, viewport, colorScheme) => {
  const page = await pages.open('theme.html?theme=muted-color:%23999', { viewport, colorScheme });
  await preview(page, 'Dialog').getByRole('dialog').waitFor();
  expect(await page.evaluate(layoutShift)).toBeLessThan(0.01);
  expect(await faults(page)).toEqual([]);
  await page.getByRole('radio', { name: 'Export' }).check();
  await page.getByRole('region', { name: 'CSS code' }).waitFor();
  expect(await faults(page)).toEqual([]);
  await page.getByRole('radio', { name: 'Import my tokens' }).check();
  await page.getByLabel(/Paste your app/).fill('--brand: teal; --radius: odd; --x: 1px');
  await page.getByText('2 variables not used').click();
  expect(await faults(page)).toEqual([]);
});

async function faults(page: Page): Promise<string[]> {
  const cutOff = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const violations = await axeViolations(page);
  return cutOff > 0 ? [...violations, `${cutOff} px are cut off`] : violations;
}

function preview(page: Page, layout: string): FrameLocator {
  return page.frameLocator(`iframe[title="Preview: ${layout}"]`);
}

function backgroundOf(frame: FrameLocator, button: string): Promise<string> {
  return frame.getByRole('button', { name: button }).evaluate((element) => getComputedStyle(element).backgroundColor);
}

async function codeOf(page: Page, name = 'CSS'): Promise<string | null> {
  await page.getByRole('radio', { name: 'Export' }).check();
  return page.getByRole('region', { name: `${name} code` }).textContent();
}
