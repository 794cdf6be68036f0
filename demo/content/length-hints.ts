/** Where words are too long for a place, measured in letters that one sees. Hints, never errors. */

/** In a bar on a laptop, the title and the description then take one line each, and the buttons stand beside them. */
const BANNER_TITLE = 45;
const BANNER_DESCRIPTION = 110;
/** On a phone of 320 px, a longer title takes more than two lines. */
const PHONE_TITLE = 60;
const CARD_DESCRIPTION = 220;
const LABEL = 24;
const LABELS_IN_BANNER = 40;
/** Chargebee's API reference names this for the title and the description, with their markup. */
const CHARGEBEE_NAMES = 100;

export function titleHints(text: string, html: string): string[] {
  if (!text) return ['Without a title, a screen reader has no name for the offer.'];
  return [
    ...(text.length > PHONE_TITLE
      ? [`${text.length} letters: three lines or more on a phone. ${PHONE_TITLE} fit on two.`]
      : text.length > BANNER_TITLE
        ? [`${text.length} letters: more than a line in a banner. ${BANNER_TITLE} fit.`]
        : []),
    ...chargebeeHint(html),
  ];
}

export function descriptionHints(text: string, html: string): string[] {
  return [
    ...(text.length > CARD_DESCRIPTION
      ? [`${text.length} letters: a banner fills much of a phone. Up to ${CARD_DESCRIPTION} are read.`]
      : text.length > BANNER_DESCRIPTION
        ? [`${text.length} letters: several lines in a banner. ${BANNER_DESCRIPTION} keep it low.`]
        : []),
    ...chargebeeHint(html),
  ];
}

export function labelHints(labels: readonly string[]): string[] {
  const long = labels.filter((label) => label.length > LABEL);
  return [
    ...(labels.length === 0 ? ['An offer has at least one button.'] : []),
    ...long.map((label) => `“${label}”: ${label.length} letters wrap on a phone. ${LABEL} fit.`),
    ...(long.length === 0 && labels.join('').length > LABELS_IN_BANNER
      ? ['Together the labels take a row of their own in most banners.']
      : []),
    ...(labels.some((label) => /<\w|&\w+;/.test(label))
      ? ['Labels are plain text: markup in them is shown as it is.']
      : []),
  ];
}

function chargebeeHint(html: string): string[] {
  return html.length > CHARGEBEE_NAMES
    ? [
        `${html.length} characters with markup. Chargebee's API reference names ${CHARGEBEE_NAMES}, and its own sample has more.`,
      ]
    : [];
}
