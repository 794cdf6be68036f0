/**
 * The playbook that the sandbox starts with. Its two plays are the gated feature and the usage upsell of Chargebee's
 * tutorials "Entitlement-gated offers with your own fulfillment" and "Usage-based upsell". The texts are those printed there,
 * without "You've used 80%": the page beside the offer may say any number from 80 % on.
 */
import { ADVANCED_ANALYTICS, STORAGE } from './features.js';
import type { PlaybookInput } from './playbook.js';
import type { Offer } from './plays.js';

/** @param upgradeUrl where the app takes the payment for Advanced Analytics. */
export function ordinaryPlaybook(upgradeUrl: string): PlaybookInput {
  return {
    fields: MAPPING,
    plays: [
      {
        name: 'Unlock analytics',
        priority: 20,
        audience: [{ field: 'custom.has_advanced_analytics', operator: 'is', value: false }],
        offer: {
          id: 'advancedAnalytics',
          content: ANALYTICS_CONTENT,
          options: [{ id: '6cd5280e', label: 'Unlock now', processing_type: 'url_redirect', redirect_url: upgradeUrl }],
        },
        grants: [{ feature: ADVANCED_ANALYTICS, add: 'true' }],
      },
      {
        name: 'Add storage',
        priority: 10,
        audience: [{ field: 'custom.storage_used_percent', operator: 'greater_than_or_equal', value: 80 }],
        offer: {
          id: 'moreStorage',
          content: STORAGE_CONTENT,
          options: [{ id: 'b94e07d2', label: 'Add 100 GB storage', processing_type: 'billing_update' }],
        },
        grants: [{ feature: STORAGE, add: 100 }],
      },
    ],
    entitlements: [{ feature: STORAGE, value: 100 }],
  };
}

const MAPPING: PlaybookInput['fields'] = {
  'custom.has_advanced_analytics': 'boolean',
  'custom.storage_used_percent': 'number',
  'custom.alert_storage-at-80-percent': 'boolean',
  first_name: 'string',
  last_name: 'string',
  email: 'string',
  roles: 'list',
  external_user_id: 'string',
};

export const ANALYTICS_CONTENT: Offer['content'] = {
  title: '<div class="slate-p">Unlock Advanced Analytics</div>',
  description: '<div class="slate-p">Get advanced dashboards, deeper insights, and custom reports.</div>',
};

export const STORAGE_CONTENT: Offer['content'] = {
  title: '<div class="slate-p">Running out of storage?</div>',
  description:
    '<div class="slate-p">Your storage is nearly full. Add 100 GB instantly and keep working without interruption.</div>',
};
