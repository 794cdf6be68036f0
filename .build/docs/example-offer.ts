/** The offer of the examples in the documents. */
import type { Offer } from '../../proxy/contract.js';

export const EXAMPLE_OFFER: Offer = {
  id: 'po_16BjQfUzbMtVj1Kc',
  campaignId: 'offer_advanced_analytics',
  title: 'Unlock Advanced Analytics',
  description: 'Reports for <b>every</b> workspace.',
  options: [{ id: 'opt_unlock', label: 'Unlock now', action: 'billing' }],
  expiresAt: 1_798_761_600_000,
};
