/** Where the tab keeps the receipt of an acceptance. Without one there, a page needs to know no more of acceptances. */
import { featureKey, type Asker } from './question/question.js';

/** One for each customer and feature. */
export function receiptName(asker: Asker): string {
  return `accepted ${featureKey(asker)}`;
}
