/** What a page says for all its elements: takes out what makes no sense, and says in the console how to correct it. */

const isText = (value: unknown) => typeof value === 'string';
const isObject = (value: unknown) => typeof value === 'object';

/** Which there are, and how to recognise what makes sense. */
const KNOWN: Readonly<Record<string, (value: unknown) => boolean>> = {
  proxy: isText,
  token: isText,
  getToken: (value) => typeof value === 'function',
  lang: isText,
  strings: isObject,
  optionNotes: isObject,
  ifBusy: (value) => value === 'wait' || value === 'banner',
  backdrop: (value) => value === 'snooze' || value === 'dismiss' || value === 'none',
  doneHref: isText,
  paymentHref: isText,
  supportHref: isText,
  mock: (value) => isText(value) || isObject(value),
};

const FIXES: Readonly<Record<string, string>> = {
  getToken: 'Call configure() with a function that brings a token.',
  strings: 'Call configure() with an object.',
  optionNotes: 'Call configure() with an object.',
  ifBusy: 'Use one of: wait, banner.',
  backdrop: 'Use one of: snooze, dismiss, none.',
};

const NAMES = `configure() takes ${Object.keys(KNOWN).join(', ')}; the meta takes those that are texts, such as "proxy=/offers, support-href=/help".`;

/** @param said by the names of the properties. What makes no sense leaves it. */
export function checkDefaults(said: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(said)) {
    if (value === undefined || (Object.hasOwn(KNOWN, name) && KNOWN[name]?.(value))) continue;
    delete said[name];
    // What a comma at the end leaves.
    if (name === '') continue;
    const fix = Object.hasOwn(KNOWN, name) ? (FIXES[name] ?? 'Use a text.') : NAMES;
    console.warn(`<upgrade-offer> ignores the page-wide default ${name}="${String(value)}". ${fix}`);
  }
}
