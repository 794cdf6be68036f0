/** Says in the console which value of the page was ignored, and how to fix it. For the developer of the page. */

const FIXES: Readonly<Record<string, string>> = {
  layout: 'Use one of: inline, banner, modal, corner.',
  'if-busy': 'Use one of: wait, banner.',
  backdrop: 'Use one of: snooze, dismiss, none.',
  used: 'Use a number, such as 12.',
  'done-href': 'Use an address, such as /reports.',
  'payment-href': 'Use an address, such as /billing.',
  'support-href': 'Use an address, such as /help or mailto:help@app.example.',
  context: 'Use JSON, such as {"seats": 4}.',
};

const FIELD_FIX = 'Use a text, true, false or a finite number, such as 4.';

/** @param attribute its name, or that of a field of the context, such as `context.seats`. */
export function sayIgnored(attribute: string, value: unknown): void {
  console.warn(`<upgrade-offer> ignores ${attribute}="${String(value)}". ${FIXES[attribute] ?? FIELD_FIX}`);
}
