import { beforeAll, describe, expect, it } from 'vitest';
import { loadRichText, type RichText } from '../../../widget/view/rich-text/rich-text.js';
import { ATTACKS, BREACH } from './attacks.js';

const SHOWN = new Set('A B STRONG I EM U S DEL INS SMALL MARK SUB SUP CODE BR P DIV UL OL LI'.split(' '));

/** What a link may carry; nothing else may carry anything. */
const LINK_ATTRIBUTES = ['href', 'target', 'rel', 'part'];

/** Not every engine has one. */
const HAS_SANITIZER = 'setHTML' in Element.prototype;

let native: RichText;
let purified: RichText;

beforeAll(async () => {
  native = await loadRichText(HAS_SANITIZER);
  purified = await loadRichText(false);
});

const SANITIZERS: [name: string, richText: () => RichText][] = [['DOMPurify', () => purified]];
if (HAS_SANITIZER) SANITIZERS.push(['the sanitizer of the browser', () => native]);

describe.each(SANITIZERS)('with %s', (_, richText) => {
  it.each<[says: string, html: string, shown: string]>([
    ['keeps a line of Slate', '<div class="slate-p">Unlock it</div>', '<div>Unlock it</div>'],
    ['keeps emphasis', '<p>a <b>b</b> <em>c</em></p>', '<p>a <b>b</b> <em>c</em></p>'],
    ['keeps lists', '<ul><li>one</li><li>two</li></ul>', '<ul><li>one</li><li>two</li></ul>'],
    ['makes an empty block a line break', 'a<p></p>b<div> &nbsp;</div>c', 'a<br>b<br>c'],
    ['leaves a block with a line break', '<div><br></div>', '<div><br></div>'],
    ['makes a heading a plain block', '<h1>Big</h1>text', '<div>Big</div>text'],
    ['drops what only carries a style', '<span style="color:red">red</span> text', 'red text'],
    ['shows the cells of a table', '<table><tr><td>a</td><td>b</td></tr></table>', '<div>a</div><div>b</div>'],
    ['drops pictures', 'a<img src="https://ok.example/x.png">b', 'ab'],
    ['drops comments', 'a<!-- secret -->b', 'ab'],
    ['reads entities once', '&lt;b&gt; &amp;amp;', '&lt;b&gt; &amp;amp;'],
    ['shows text without markup', 'plain', 'plain'],
    ['shows nothing for nothing', '', ''],
  ])('%s', (_says, html, shown) => {
    expect(markupOf(richText()(html))).toBe(shown);
  });

  it('opens links elsewhere, without handing over the page', () => {
    const [link] = richText()('<a class="x" href="https://ok.example/a?b#c">a</a>').children;
    expect(attributesOf(link)).toEqual({
      href: 'https://ok.example/a?b#c',
      target: '_blank',
      rel: 'noopener noreferrer',
      part: 'link',
    });
  });

  it.each(['https://ok.example/', 'http://ok.example/', 'mailto:sales@ok.example'])('keeps a link to %s', (href) => {
    expect(richText()(`<a href="${href}">a</a>`).querySelector('a')?.getAttribute('href')).toBe(href);
  });

  it('resolves a relative link against the page', () => {
    const link = richText()('<a href="/plans">a</a>').querySelector('a');
    expect(link?.getAttribute('href')).toBe(new URL('/plans', document.baseURI).href);
  });

  it('leaves the words of a link that leads nowhere safe', () => {
    expect(markupOf(richText()('see <a href="javascript:x">this</a>'))).toBe('see this');
  });

  it.each(ATTACKS)('is safe from %s', (html) => {
    const fragment = richText()(html);
    for (const element of fragment.querySelectorAll('*')) {
      expect(SHOWN).toContain(element.tagName);
      expect(LINK_ATTRIBUTES).toEqual(
        expect.arrayContaining(element.localName === 'a' ? element.getAttributeNames() : []),
      );
      if (element.localName !== 'a') expect(element.attributes).toHaveLength(0);
      if (!(element instanceof HTMLAnchorElement)) continue;
      expect(element).toMatchObject({ rel: 'noopener noreferrer', target: '_blank' });
      expect(element.protocol).toMatch(/^(https?|mailto):$/);
    }
  });
});

it.each(ATTACKS)('gives the same nodes with and without the sanitizer of the browser: %s', (html) => {
  expect(markupOf(native(html))).toBe(markupOf(purified(html)));
});

it('is tried by at least 150 attacks, each of its own', () => {
  expect(new Set(ATTACKS).size).toBeGreaterThanOrEqual(150);
  expect(new Set(ATTACKS).size).toBe(ATTACKS.length);
});

it('runs nothing and loads nothing, even on the page', async () => {
  const globals = Object.keys(window);
  const page = document.createElement('div');
  for (const html of ATTACKS) page.append(native(html), purified(html));
  document.body.append(page);
  page.querySelectorAll<HTMLElement>('*').forEach((element) => element.dispatchEvent(new Event('click')));
  await new Promise((resolve) => requestAnimationFrame(resolve));
  expect(BREACH in window).toBe(false);
  expect(Object.keys(window)).toEqual(globals);
  expect(document.body).toBe(document.querySelector('body'));
  expect(performance.getEntriesByType('resource').filter(({ name }) => name.includes('evil.example'))).toEqual([]);
  page.remove();
});

function markupOf(fragment: DocumentFragment): string {
  const page = document.createElement('div');
  page.append(fragment);
  return page.innerHTML;
}

function attributesOf(element: Element | undefined): Record<string, string> {
  return Object.fromEntries([...(element?.attributes ?? [])].map(({ name, value }) => [name, value]));
}
