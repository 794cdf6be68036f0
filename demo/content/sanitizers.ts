/** The two sanitisers of the widget: the browser's own, where it has one, and DOMPurify. */
import { loadRichText, type RichText } from '../../widget/view/rich-text/rich-text.js';

export interface Sanitisers {
  readonly native: RichText | undefined;
  readonly purified: RichText;
}

export async function loadSanitisers(): Promise<Sanitisers> {
  const hasOwn = 'setHTML' in Element.prototype;
  const [native, purified] = await Promise.all([hasOwn ? loadRichText(true) : undefined, loadRichText(false)]);
  return { native, purified };
}
