/** The content editor at `/content.html`, as a marketer uses it. */
import type { FrameLocator, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeViolations } from '../support/axe.js';
import { hostStaticPages, layoutShift, onDisk, type StaticPages } from './static-pages.js';

let pages: StaticPages;

beforeAll(async () => {
  pages = await hostStaticPages();
});

afterAll(() => pages.close());

const title = (page: Page) => page.getByRole('textbox', { name: 'Title, in HTML' });
const description = (page: Page) => page.getByRole('textbox', { name: 'Description, in HTML' });

it('shows the text in all three layouts while it is typed, and keeps the focus', async () => {
  const page = await pages.open('content.html');
  await title(page).fill('');
  await title(page).pressSequentially('<p>Room for <b>50</b></p>', { delay: 30 });
  expect(await title(page).inputValue()).toBe('<p>Room for <b>50</b></p>');
  await page.getByRole('textbox', { name: 'Second button' }).fill('Talk to sales');

  for (const layout of ['Banner', 'Card', 'Dialog']) {
    await preview(page, layout).getByRole('heading', { name: 'Room for 50' }).waitFor();
    await preview(page, layout).getByRole('button', { name: 'Talk to sales' }).waitFor();
  }
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('second');
});

it('formats the selection with the keyboard', async () => {
  const page = await pages.open('content.html');
  await title(page).fill('Room for 50');
  await title(page).press('Shift+Control+ArrowLeft');
  await page.getByRole('group', { name: 'Format the title' }).getByRole('button', { name: 'Bold' }).press('Enter');
  await expect.poll(() => title(page).inputValue()).toBe('Room for <strong>50</strong>');
  expect(await title(page).evaluate((field) => field === document.activeElement)).toBe(true);
  const strong = preview(page, 'Card').getByRole('heading', { name: 'Room for 50' }).getByRole('strong');
  await expect.poll(() => strong.allTextContents()).toEqual(['50']);
});

it('works as files opened from a disk', async () => {
  const page = await pages.open(onDisk('content.html'));
  await title(page).fill('On a disk');
  for (const layout of ['Banner', 'Card', 'Dialog']) {
    await preview(page, layout).getByRole('heading', { name: 'On a disk' }).waitFor();
  }
  expect(await title(page).evaluate((field) => field === document.activeElement)).toBe(true);
});

it('says what the sanitiser drops, what it changes, and why', async () => {
  const page = await pages.open('content.html');
  await page.getByRole('button', { name: 'Pasted from elsewhere' }).click();

  await expect
    .poll(() => remarks(page, 'Title'))
    .toEqual([
      'Changed <h1> It becomes a plain block.',
      'Dropped style on <h1> The widget has its own styles.',
      'Dropped onclick on <h1> An offer cannot run code.',
      'Dropped <script> Removed with everything in it.',
    ]);
  expect(await remarks(page, 'Description')).toEqual([
    'Dropped style on <p> The widget has its own styles.',
    'Dropped <font> The text in it stays.',
    'Dropped <span> The text in it stays.',
    'Dropped <img> It is not shown.',
    'Dropped <table> The text in it stays.',
    'Dropped <tbody> The text in it stays.',
    'Dropped <tr> The text in it stays.',
    'Changed <td> × 2 It becomes a plain block.',
    'Dropped javascript:alert(1) Only https, http and mailto links are allowed. The text stays.',
    expect.stringMatching(/^Changed \/plans Relative to the app that shows the offer; here it leads to http:/),
    'Dropped <!-- … --> Comments are never shown.',
    'Dropped <iframe> Removed with everything in it.',
  ]);
  expect(await page.getByRole('region', { name: 'Title, as it is shown' }).textContent()).toBe(
    '<div>Only today!</div>',
  );
  await page.getByText('DOMPurify, for browsers without one, give the same result.').first().waitFor();
  await preview(page, 'Card').getByRole('button', { name: '<b>Later</b>' }).waitFor();
});

it('says nothing about what is kept', async () => {
  const page = await pages.open('content.html');
  await description(page).fill('A <b>plain</b> <a href="https://app.example/">sentence</a>.<br><ul><li>one</li></ul>');
  await page.getByRole('article', { name: 'Description' }).getByText('Everything is kept.').waitFor();
});

it('says that an empty block becomes a line break', async () => {
  const page = await pages.open('content.html');
  await description(page).fill('<div class="slate-p">a</div><div class="slate-p"></div><noscript>b</noscript>');
  await expect
    .poll(() => remarks(page, 'Description'))
    .toEqual([
      'Dropped class on <div> The widget has its own styles.',
      'Changed <div> It is empty, so it becomes a line break.',
      'Dropped <noscript> Removed with everything in it.',
    ]);
});

it('shows the result of DOMPurify when the browser has no sanitizer', async () => {
  const page = await pages.open('content.html', {}, () => Reflect.deleteProperty(Element.prototype, 'setHTML'));
  await title(page).fill('<h2 id="x">Team</h2>');
  await page.getByText('Sanitised by DOMPurify, because this browser has no sanitizer of its own.').first().waitFor();
  await expect
    .poll(() => remarks(page, 'Title'))
    .toEqual(['Changed <h2> It becomes a plain block.', 'Dropped id on <h2> The widget does not need it.']);
});

it('says what is too long for a banner or a phone, also to screen readers', async () => {
  const page = await pages.open('content.html');
  expect(await hintsOf(page, 'Title, in HTML')).toBe('');
  await title(page).fill('<div>Everything that your team will need for the coming year</div>');
  await expect
    .poll(() => hintsOf(page, 'Title, in HTML'))
    .toBe('55 characters: more than one line in a banner. 45 fit.');
  await title(page).fill('');
  await expect.poll(() => hintsOf(page, 'Title, in HTML')).toMatch('Without a title');
  await page.getByRole('textbox', { name: 'First button' }).fill('');
  await expect.poll(() => hintsOf(page, 'First button')).toBe('An offer needs at least one button.');
});

it('shows a colleague the same through its URL', async () => {
  const page = await pages.open('content.html');
  await title(page).fill('<b>Ünïcode</b> & "quotes" #1');
  await page.getByRole('textbox', { name: 'Third button' }).fill('Ask');
  await page.getByRole('radio', { name: 'Dark' }).check();

  const other = await pages.open(page.url());
  expect(await title(other).inputValue()).toBe('<b>Ünïcode</b> & "quotes" #1');
  expect(await other.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true);
  await preview(other, 'Dialog').getByRole('button', { name: 'Ask' }).waitFor();
});

it.each([
  ['on a laptop', { width: 1280, height: 800 }, 'dark'],
  ['on a phone', { width: 320, height: 640 }, 'light'],
] as const)('axe finds nothing, nothing jumps and nothing is cut off %s', async (_, viewport, colorScheme) => {
  const page = await pages.open('content.html?first=&title=%3Ch1%20id%3Dx%3EWord%3C/h1%3E', { viewport, colorScheme });
  await page.getByText('An offer needs at least one button.').waitFor();
  await page.getByRole('article', { name: 'Title' }).getByText('It becomes a plain block.').waitFor();

  expect(await axeViolations(page.mainFrame())).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(await page.evaluate(layoutShift)).toBeLessThan(0.01);
});

function preview(page: Page, layout: string): FrameLocator {
  return page.frameLocator(`iframe[title="Preview: ${layout}"]`);
}

async function remarks(page: Page, field: string): Promise<string[]> {
  const items = page.getByRole('list', { name: `${field}: what is dropped or changed` }).getByRole('listitem');
  const texts = await items.allInnerTexts();
  return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

/** The accessible description of a field. */
function hintsOf(page: Page, field: string): Promise<string> {
  return page.getByRole('textbox', { name: field }).evaluate((element) => {
    const hints = document.getElementById(element.getAttribute('aria-describedby') ?? '');
    return hints?.innerText ?? '';
  });
}
