/** What is no text at all, then any other tag. An attribute may contain `>`. */
const TAGS = /<(script|style)\b[^]*?<\/\1\s*>|<!--[^]*?-->|<\/?[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi;
const BREAKS = /^<\/?(br|p|div|li|h\d)\b/i;
const REFERENCE = /&(#x?)?(\w+);/gi;

/** Those that editors write. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  euro: '€',
  pound: '£',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
};

/**
 * The text of an offer's HTML. Without the browser's parser, which a page with Trusted Types refuses, and so the same in every
 * browser: figures are grouped by it. It is a name, never HTML again.
 */
export function plainText(html: string): string {
  return html
    .replace(TAGS, (tag) => (BREAKS.test(tag) ? ' ' : ''))
    .replace(REFERENCE, (reference, number: string | undefined, name: string) =>
      number ? character(Number((number === '#' ? '' : '0x') + name), reference) : (NAMED[name] ?? reference),
    )
    .replace(/\s+/g, ' ')
    .trim();
}

function character(code: number, reference: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : reference;
}
