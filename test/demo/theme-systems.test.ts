/** The widget beside the components of design systems, in their published stylesheets, wearing the theme that the editor exports. */
import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostStaticPages, type StaticPages } from './static-pages.js';

/** Not every package exports its files. */
const INSTALLED = new URL('../../node_modules/', import.meta.url);

let pages: StaticPages;

beforeAll(async () => {
  pages = await hostStaticPages();
});

afterAll(() => pages.close());

interface PublishedSystem {
  readonly name: string;
  readonly sheet: string;
  readonly components: string;
  /** Puts the page into dark mode, as the system has it. */
  setDark(): void;
  readonly accent: Readonly<Record<'light' | 'dark', string>>;
}

const published: readonly PublishedSystem[] = [
  {
    name: 'Bootstrap 5',
    sheet: 'bootstrap/dist/css/bootstrap.min.css',
    components: '<div class="card" data-theirs="card">Theirs</div><button class="btn btn-primary">Theirs</button>',
    setDark: () => (document.documentElement.dataset['bsTheme'] = 'dark'),
    accent: { light: 'rgb(13, 110, 253)', dark: 'rgb(13, 110, 253)' },
  },
  {
    // Basecoat publishes the default theme of shadcn/ui, which shadcn/ui itself publishes as something to copy only.
    name: 'shadcn/ui',
    sheet: 'basecoat-css/dist/basecoat.cdn.min.css',
    components: '<div class="card" data-theirs="card">Theirs</div><button class="btn">Theirs</button>',
    setDark: () => document.documentElement.classList.add('dark'),
    accent: { light: 'oklch(0.205 0 0)', dark: 'oklch(0.922 0 0)' },
  },
];

describe.each(published)('in $name', ({ name, sheet, components, setDark, accent }) => {
  it("has the system's button, card and text, in light and in its dark mode", async () => {
    const css = await readFile(new URL(sheet, INSTALLED), 'utf8');
    // An app whose colour scheme is light, whatever its classes say.
    const page = await pages.open('state.html?scheme=light');
    await page.addStyleTag({ content: css });
    await page.addStyleTag({ content: await exported(css, name) });
    await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), components);
    const ours = page.locator('upgrade-offer [part~="option-primary"]');
    await ours.waitFor();

    for (const scheme of ['light', 'dark'] as const) {
      if (scheme === 'dark') await page.evaluate(setDark);
      const theirs = page.locator('body > button');
      await expect
        .poll(() => styleOf(theirs, ['backgroundColor']), { message: scheme })
        .toEqual({ backgroundColor: accent[scheme] });
      const button = ['backgroundColor', 'color', 'borderTopLeftRadius', 'fontSize', 'fontWeight', 'height'] as const;
      await expect.poll(() => styleOf(ours, button), { message: scheme }).toEqual(await styleOf(theirs, button));
      const card = ['backgroundColor', 'color', 'borderTopLeftRadius'] as const;
      const surface = page.locator('upgrade-offer').getByRole('region');
      await expect
        .poll(() => styleOf(surface, card), { message: scheme })
        .toEqual(await styleOf(page.locator('[data-theirs]'), card));
    }
    // What has no variable of the system follows its dark mode, too.
    expect(await page.locator('upgrade-offer').evaluate((element) => getComputedStyle(element).colorScheme)).toBe(
      'dark',
    );
  });
});

/** What a person gets who pastes the whole stylesheet and copies the CSS. */
async function exported(css: string, system: string): Promise<string> {
  const page = await pages.open('theme.html?panel=import');
  const panel = page.getByRole('region', { name: 'Import my tokens' });
  await panel.getByRole('textbox').fill(css);
  await panel.getByRole('status').getByText(`set from ${system}.`).waitFor();
  await panel.getByRole('button', { name: 'Import' }).click();
  await page.getByRole('radio', { name: 'Export' }).check();
  const code = page.getByRole('region', { name: 'CSS code' });
  await expect.poll(() => code.textContent()).toContain('upgrade-offer {');
  return (await code.textContent()) ?? '';
}

type Property = 'backgroundColor' | 'borderTopLeftRadius' | 'color' | 'fontSize' | 'fontWeight' | 'height';

async function styleOf(of: Locator, properties: readonly Property[]): Promise<Record<string, string>> {
  return of.evaluate((element, names) => {
    const style = getComputedStyle(element);
    return Object.fromEntries(names.map((name) => [name, style[name]]));
  }, properties);
}
