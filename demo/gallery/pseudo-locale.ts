/** A pseudo-locale: accented English, 40 % longer, which reveals text that is not translated and buttons too narrow. */
const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = 'åƀçđéƒĝħîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇĐÉƑĜĦÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ';

/** These letters are doubled. They make up two fifths of an English text. */
const DOUBLED = /[aeioun]/i;

/** @param html its tags and entities stay as they are. */
export function pseudoLocalize(html: string): string {
  return html.replace(/<[^>]*>|&\w+;|[^<&]+/g, (piece) => (/^[<&]/.test(piece) ? piece : pseudoText(piece)));
}

function pseudoText(text: string): string {
  return [...text].map(pseudoLetter).join('');
}

function pseudoLetter(letter: string): string {
  const accented = ACCENTED[PLAIN.indexOf(letter)] ?? letter;
  return DOUBLED.test(letter) ? accented + accented.toLowerCase() : accented;
}
