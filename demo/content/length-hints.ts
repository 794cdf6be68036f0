/** Hints about texts that are too long for a layout, counted in visible characters. Hints, never errors. */

/** Up to this length, title and description take one line each in a banner on a laptop, beside the buttons. */
const BANNER_TITLE = 45;
const BANNER_DESCRIPTION = 110;
/** On a phone of 320 px, a longer title takes more than two lines. */
const PHONE_TITLE = 60;
const CARD_DESCRIPTION = 220;
const LABEL = 24;
const LABELS_IN_BANNER = 40;
/** The limits of Chargebee's API reference: of title and description with their markup, and of a label. */
export const CHARGEBEE_LIMITS = { text: 100, label: 50 };

export function titleHints(text: string, html: string): string[] {
  if (!text) return ['Without a title, screen readers have no name for the offer.'];
  return [
    ...(text.length > PHONE_TITLE
      ? [`${text.length} characters: three lines or more on a phone. ${PHONE_TITLE} fit on two.`]
      : text.length > BANNER_TITLE
        ? [`${text.length} characters: more than one line in a banner. ${BANNER_TITLE} fit.`]
        : []),
    ...chargebeeHint(html),
  ];
}

export function descriptionHints(text: string, html: string): string[] {
  return [
    ...(text.length > CARD_DESCRIPTION
      ? [`${text.length} characters: a banner fills much of a phone. People read up to ${CARD_DESCRIPTION}.`]
      : text.length > BANNER_DESCRIPTION
        ? [`${text.length} characters: several lines in a banner. ${BANNER_DESCRIPTION} fit on one.`]
        : []),
    ...chargebeeHint(html),
  ];
}

export function labelHints(labels: readonly string[]): string[] {
  const long = labels.filter((label) => label.length > LABEL);
  return [
    ...(labels.length === 0 ? ['An offer needs at least one button.'] : []),
    ...long.map((label) => `“${label}”: ${label.length} characters wrap on a phone. ${LABEL} fit.`),
    ...labels
      .filter(({ length }) => length > CHARGEBEE_LIMITS.label)
      .map((label) => `“${label}”: documented limit: ${CHARGEBEE_LIMITS.label}.`),
    ...(long.length === 0 && labels.join('').length > LABELS_IN_BANNER
      ? ['Together, the buttons need their own row in most banners.']
      : []),
    ...(labels.some((label) => /<\w|&\w+;/.test(label))
      ? ['Labels are plain text. Customers would see the markup.']
      : []),
  ];
}

function chargebeeHint(html: string): string[] {
  const { text } = CHARGEBEE_LIMITS;
  return html.length > text
    ? [`${html.length} characters with markup. Documented limit: ${text} (longer seems to work).`]
    : [];
}
