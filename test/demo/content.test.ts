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
  const page = await pages.open('content.html?source=yes');
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

it('formats the selection of the source with the keyboard', async () => {
  const page = await pages.open('content.html?source=yes');
  await title(page).fill('Room for 50');
  await title(page).press('Shift+Control+ArrowLeft');
  await page.getByRole('group', { name: 'Format the title' }).getByRole('button', { name: 'Bold' }).press('Enter');
  await expect.poll(() => title(page).inputValue()).toBe('Room for <strong>50</strong>');
  expect(await title(page).evaluate((field) => field === document.activeElement)).toBe(true);
  const strong = preview(page, 'Card').getByRole('heading', { name: 'Room for 50' }).getByRole('strong');
  await expect.poll(() => strong.allTextContents()).toEqual(['50']);
});

it('works as files opened from a disk', async () => {
  const page = await pages.open(`${onDisk('content.html')}?source=yes`);
  await title(page).fill('On a disk');
  for (const layout of ['Banner', 'Card', 'Dialog']) {
    await preview(page, layout).getByRole('heading', { name: 'On a disk' }).waitFor();
  }
  expect(await title(page).evaluate((field) => field === document.activeElement)).toBe(true);
});

it('says what the sanitizer drops, what it changes, and why', async () => {
  const page = await pages.open('content.html?source=yes');
  await page.getByRole('button', { name: 'Pasted from elsewhere' }).click();

  await expect
    .poll(() => remarks(page, 'Title'))
    .toEqual([
      'Changed <h1> It becomes a plain block.',
      'Dropped style on <h1> Styles are removed; use tokens.',
      'Dropped onclick on <h1> An offer cannot run code.',
      'Dropped <script> Removed with everything in it.',
    ]);
  await expect
    .poll(() => remarks(page, 'Description'))
    .toEqual([
      'Dropped style on <p> Styles are removed; use tokens.',
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
  const page = await pages.open('content.html?source=yes');
  await description(page).fill('A <b>plain</b> <a href="https://app.example/">sentence</a>.<br><ul><li>one</li></ul>');
  await page.getByRole('article', { name: 'Description' }).getByText('Everything is kept.').waitFor();
});

it('says that an empty block becomes a line break', async () => {
  const page = await pages.open('content.html?source=yes');
  await description(page).fill('<div class="slate-p">a</div><div class="slate-p"></div><noscript>b</noscript>');
  await expect
    .poll(() => remarks(page, 'Description'))
    .toEqual([
      'Dropped class on <div> Classes are removed; use tokens.',
      'Changed <div> It is empty, so it becomes a line break.',
      'Dropped <noscript> Removed with everything in it.',
    ]);
});

it('shows the result of DOMPurify when the browser has no sanitizer', async () => {
  const page = await pages.open('content.html?source=yes', {}, () =>
    Reflect.deleteProperty(Element.prototype, 'setHTML'),
  );
  await title(page).fill('<h2 id="x">Team</h2>');
  await page.getByText('Sanitized by DOMPurify, because this browser has no sanitizer of its own.').first().waitFor();
  await expect
    .poll(() => remarks(page, 'Title'))
    .toEqual(['Changed <h2> It becomes a plain block.', 'Dropped id on <h2> The widget does not need it.']);
});

it('counts against the documented limits and says what is too long for a banner or a phone, also to screen readers', async () => {
  const page = await pages.open('content.html?source=yes');
  expect(await describedBy(page, 'Title, in HTML')).toBe('69 of 100 with markup');
  await title(page).fill('<div>Everything that your team will need for the coming year</div>');
  await expect
    .poll(() => describedBy(page, 'Title, in HTML'))
    .toBe('66 of 100 with markup 55 characters: more than one line in a banner. 45 fit.');
  await title(page).fill(`<b>${'x'.repeat(44)}</b>${'<i></i>'.repeat(8)}`);
  await expect
    .poll(() => describedBy(page, 'Title, in HTML'))
    .toMatch('107 characters with markup. Documented limit: 100 (longer seems to work).');
  await title(page).fill('');
  await expect.poll(() => describedBy(page, 'Title, in HTML')).toMatch('Without a title');
  await page.getByRole('textbox', { name: 'First button' }).fill('');
  await expect.poll(() => describedBy(page, 'First button')).toBe('0 of 50 An offer needs at least one button.');
});

it('is written as it will look, with the keyboard', async () => {
  const page = await pages.open('content.html');
  const visual = page.getByRole('textbox', { name: 'Title', exact: true });
  await visual.fill('Room for 50');
  await visual.press('Shift+Control+ArrowLeft');
  await page.getByRole('group', { name: 'Format the title' }).getByRole('button', { name: 'Bold' }).press('Enter');
  await expect.poll(() => visual.evaluate((field) => field === document.activeElement)).toBe(true);

  const words = page.getByRole('textbox', { name: 'Description', exact: true });
  await words.fill('single sign-on');
  await words.press('Control+A');
  await words.press('Control+K');
  await page.getByRole('textbox', { name: 'Address of the link' }).fill('https://app.example/sso');
  await page.getByRole('textbox', { name: 'Address of the link' }).press('Enter');
  await words.press('Control+Shift+Digit8');

  const card = preview(page, 'Card');
  await expect
    .poll(() => card.getByRole('heading', { name: 'Room for 50' }).locator('b').allTextContents())
    .toEqual(['50']);
  await card.getByRole('listitem').getByRole('link', { name: 'single sign-on' }).waitFor();
  await page.getByRole('radio', { name: 'Source' }).check();
  expect(await title(page).inputValue()).toContain('Room for <b>50</b>');
  expect(await description(page).inputValue()).toContain(
    '<ul><li><a href="https://app.example/sso">single sign-on</a></li></ul>',
  );
});

it('keeps of what is pasted what the sanitizer leaves', async () => {
  const page = await pages.open('content.html');
  const words = page.getByRole('textbox', { name: 'Description', exact: true });
  await words.fill('');
  await words.evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData(
      'text/html',
      '<p style="color: red">Half <b onclick="alert(1)">price</b></p><script>1</script>',
    );
    clipboardData.setData('text/plain', 'Half price');
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect.poll(() => preview(page, 'Card').locator('b').allTextContents()).toEqual(['price']);
  await page.getByRole('article', { name: 'Description' }).getByText('Everything is kept.').waitFor();
});

it('shows what comes after the answer', async () => {
  const page = await pages.open('content.html');
  await preview(page, 'Card').getByRole('button', { name: 'Unlock now' }).waitFor();
  await page.getByRole('radio', { name: 'Done' }).check();
  await expect.poll(() => preview(page, 'Card').getByRole('button', { name: 'Unlock now' }).count()).toBe(0);
  await preview(page, 'Card').getByRole('heading', { level: 2 }).waitFor();
});

it('shows a colleague the same through its URL', async () => {
  const page = await pages.open('content.html?source=yes');
  await title(page).fill('<b>Ünïcode</b> & "quotes" #1');
  await page.getByRole('textbox', { name: 'Third button' }).fill('Ask');
  await page.getByRole('radio', { name: 'Dark' }).check();

  await expect.poll(() => page.url()).toContain('scheme=dark');
  const other = await pages.open(page.url());
  await expect.poll(() => title(other).inputValue()).toBe('<b>Ünïcode</b> & "quotes" #1');
  await expect.poll(() => other.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true);
  await preview(other, 'Dialog').getByRole('button', { name: 'Ask' }).waitFor();
});

it.each([
  ['on a laptop', { width: 1280, height: 800 }, 'dark'],
  ['on a phone', { width: 320, height: 640 }, 'light'],
] as const)('axe finds nothing, nothing jumps and nothing is cut off %s', async (_, viewport, colorScheme) => {
  const page = await pages.open('content.html?first=&title=%3Ch1%20id%3Dx%3EWord%3C/h1%3E', { viewport, colorScheme });
  await page.getByText('An offer needs at least one button.').waitFor();
  await page.getByRole('article', { name: 'Title' }).getByText('It becomes a plain block.').waitFor();

  expect(await axeViolations(page)).toEqual([]);
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
function describedBy(page: Page, field: string): Promise<string> {
  return page.getByRole('textbox', { name: field }).evaluate((element) => {
    const ids = element.getAttribute('aria-describedby')?.split(' ') ?? [];
    return ids
      .map((id) => document.getElementById(id)?.innerText)
      .join(' ')
      .trim();
  });
}
