/** The two sanitizers of the widget: the browser's own, where it has one, and DOMPurify. */
import { loadRichText, type RichText } from '../../widget/view/rich-text/rich-text.js';

export interface Sanitizers {
  readonly native: RichText | undefined;
  readonly purified: RichText;
}

export async function loadSanitizers(): Promise<Sanitizers> {
  const hasOwn = 'setHTML' in Element.prototype;
  const [native, purified] = await Promise.all([hasOwn ? loadRichText(true) : undefined, loadRichText(false)]);
  return { native, purified };
}
