/** The theme editor at `/theme.html`, as a designer uses it. */
import type { FrameLocator, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeViolations } from '../support/axe.js';
import { hostStaticPages, layoutShift, onDisk, type StaticPages } from './static-pages.js';
import { visit } from './visit.js';

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
  expect(await codeOf(page)).toBe(
    `upgrade-offer {\n  --upgrade-offer-accent-color: light-dark(#0a7d3c, #a9b1ff);\n}\n`,
  );
  expect(new URL(page.url()).searchParams.get('theme')).toBe('accent-color:light-dark(#0a7d3c, #a9b1ff)');

  await page.getByRole('button', { name: 'Reset Accent' }).click();
  await expect.poll(() => backgroundOf(preview(page, 'Card'), 'Unlock now')).toBe('rgb(66, 54, 201)');
  expect(new URL(page.url()).searchParams.has('theme')).toBe(false);
});

it('sets a length with the keyboard, and changes its unit without changing its size', async () => {
  const page = await pages.open('theme.html');
  const corners = page.getByRole('slider', { name: 'Corners', exact: true });
  await corners.press('ArrowRight');
  expect(await corners.getAttribute('aria-valuetext')).toBe('17 px');
  await corners.press('ArrowLeft');
  const unit = page.getByRole('combobox', { name: 'Corners, unit', exact: true });
  await unit.selectOption('rem');
  expect(await corners.getAttribute('aria-valuetext')).toBe('1 rem');
  expect(await codeOf(page)).toContain('--upgrade-offer-surface-border-radius: 1rem;');

  await page.getByRole('button', { name: 'Reset Corners' }).click();
  await expect.poll(() => unit.inputValue()).toBe('px');
});

it('refuses a value that is not a colour', async () => {
  const page = await pages.open('theme.html');
  const accent = page.getByRole('textbox', { name: 'Accent, dark, in CSS', exact: true });
  await accent.fill('blurple; } body { display: none');
  await accent.blur();
  await expect.poll(() => accent.inputValue()).toBe('#a9b1ff');
  expect(await codeOf(page)).toContain('Nothing is set');
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
  await contrast.getByText('2 of 28 pairs fail WCAG 2.2 AA.').waitFor();
  await page.getByRole('link', { name: 'Contrast: 2 fail' }).waitFor();
  const row = contrast.getByRole('row', { name: 'Description on the surface' });
  expect(await row.getByRole('cell').allInnerTexts()).toEqual([
    expect.stringMatching(/2\.84\s+Fail/),
    expect.stringMatching(/8\.49\s+Pass/),
  ]);

  await page.getByRole('button', { name: 'Reset Muted text' }).click();
  await contrast.getByText('Every pair passes WCAG 2.2 AA.').waitFor();
});

it("adopts another system's variables, and lists which are used and which are not", async () => {
  const page = await pages.open('theme.html');
  const adopt = page.getByRole('region', { name: 'Adopt my theme' });
  expect(await adopt.getByRole('button', { name: 'Adopt' }).isDisabled()).toBe(true);
  await adopt.getByRole('textbox').fill(SHADCN);

  const taken = adopt.getByRole('list', { name: 'What is adopted' }).getByRole('listitem');
  await taken.filter({ hasText: '--primary → Accent light-dark(hsl(142 76% 30%), hsl(142 70% 60%))' }).waitFor();
  await taken.filter({ hasText: '--radius → Button corners' }).waitFor();
  await taken.filter({ hasText: '--font-sans → Font' }).waitFor();
  await adopt.getByText('2 variables not used').click();
  const left = adopt.getByRole('list', { name: 'What is not used' }).getByRole('listitem');
  expect(await left.allInnerTexts()).toEqual([
    expect.stringContaining('--sidebar-width The widget has no token for it.'),
    expect.stringContaining('--leaf The widget has no token for it.'),
  ]);
  expect(await codeOf(page)).toContain('Nothing is set');

  await adopt.getByRole('button', { name: 'Adopt' }).click();
  await expect.poll(() => codeOf(page)).toContain('light-dark(hsl(142 76% 30%), hsl(142 70% 60%))');
  await expect.poll(() => codeOf(page)).toContain('light-dark(hsl(355.7 100% 97.3%), hsl(144 80% 10%))');
  expect(await codeOf(page)).toContain('  font-family: Georgia, serif;');
});

it('copies the code of each framework, and tells a screen reader', async () => {
  const page = await pages.open('theme.html?theme=surface-padding:2rem');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  for (const name of ['HTML', 'Vue', 'Svelte', 'Angular', 'React', 'CSS']) {
    await page.getByRole('radio', { name }).check();
    await page.getByRole('button', { name: `Copy: the ${name} code` }).click();
    await page.getByRole('status').getByText(`Copied the ${name} code.`).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await codeOf(page, name));
    expect(copied).toContain(name === 'React' ? './upgrade-offer.css' : '--upgrade-offer-surface-padding: 2rem;');
  }
});

it('says so when the browser does not allow copying', async () => {
  const page = await pages.open('theme.html');
  await page.evaluate(() => Object.defineProperty(navigator.clipboard, 'writeText', { value: () => Promise.reject() }));
  await page.getByRole('button', { name: 'Copy: the CSS code' }).click();
  await page.getByRole('status').getByText('The browser does not allow copying.').waitFor();
});

it('shows a colleague the same through its URL', async () => {
  const page = await pages.open('theme.html');
  await page.getByRole('button', { name: 'Rounded' }).click();
  await page.getByRole('radio', { name: 'Dark' }).check();
  await page.getByRole('radio', { name: 'Failed' }).check();
  await page.getByRole('radio', { name: 'Svelte' }).check();
  await page.getByRole('textbox', { name: /Paste the custom properties/ }).fill('--brand: teal');

  await expect.poll(() => page.url()).toContain('teal');
  const other = await pages.open(page.url());
  await other.getByRole('button', { name: 'Rounded', pressed: true }).waitFor();
  for (const name of ['Dark', 'Failed', 'Svelte'])
    expect(await other.getByRole('radio', { name }).isChecked()).toBe(true);
  await other.getByRole('listitem').filter({ hasText: '--brand → Accent' }).waitFor();
  const card = preview(other, 'Card');
  await card.getByText('Your subscription could not be changed.').waitFor();
  await expect.poll(() => backgroundOf(card, 'Try again')).toBe('rgb(255, 158, 199)');
});

it('works as files opened from a disk, where a link shows the same too', async () => {
  const page = await pages.open(onDisk('theme.html'));
  await page.getByRole('button', { name: 'Dense' }).click();
  await expect.poll(() => backgroundOf(preview(page, 'Dialog'), 'Unlock now')).toBe('rgb(11, 92, 173)');
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
  await preview(page, 'Dialog').getByText('All done. Your upgrade is active.').waitFor();
  expect(await radio.evaluate((element) => element === document.activeElement)).toBe(true);
});

it.each([
  ['on a laptop', { width: 1280, height: 800 }, 'light'],
  ['on a phone, in dark mode', { width: 320, height: 640 }, 'dark'],
] as const)('axe finds nothing, nothing jumps and nothing is cut off %s', async (_, viewport, colorScheme) => {
  const path = 'theme.html?pasted=--brand:teal;--radius:odd;--x:1&theme=muted-color:%23999';
  const page = await pages.open(path, { viewport, colorScheme });
  await preview(page, 'Dialog').getByRole('dialog').waitFor();
  await page.getByText('2 variables not used').click();

  expect(await axeViolations(page.mainFrame())).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(await page.evaluate(layoutShift)).toBeLessThan(0.01);
});

function preview(page: Page, layout: string): FrameLocator {
  return page.frameLocator(`iframe[title="Preview: ${layout}"]`);
}

function backgroundOf(frame: FrameLocator, button: string): Promise<string> {
  return frame.getByRole('button', { name: button }).evaluate((element) => getComputedStyle(element).backgroundColor);
}

async function codeOf(page: Page, name = 'CSS'): Promise<string | null> {
  return page.getByRole('region', { name: `${name} code` }).textContent();
}
