/**
 * Runs each curl command of Chargebee's tutorials against a sandbox with the plays that the tutorials set up. Only host,
 * key, placeholders and time are changed. The answers match the printed ones, except `expires_at`, which is in the past
 * there, and the fields that only Chargebee's reference has.
 */
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox, type SandboxOptions, type StartedSandbox } from '../../demo/sandbox/sandbox.js';
import { watchForOffSpec } from '../support/off-spec.js';
import { curl } from './curl.js';
import { CHECK_ENTITLEMENTS, GATED_FEATURE, USAGE_UPSELL } from './tutorial-commands.js';

const ANALYTICS = {
  title: '<div class="slate-p">Unlock Advanced Analytics</div>',
  description: '<div class="slate-p">Get advanced dashboards, deeper insights, and custom reports.</div>',
};
const STORAGE = {
  title: '<div class="slate-p">Running out of storage?</div>',
  description:
    '<div class="slate-p">You\'ve used 80% of your storage. Add 100 GB instantly and keep working without interruption.</div>',
};
const UNLOCK = {
  id: '6cd5280e',
  label: 'Unlock now',
  processing_type: 'url_redirect' as const,
  redirect_url: 'https://app.example.com/upgrade/analytics',
};
const ADD = { id: '6cd5280e', label: 'Add 100 GB storage', processing_type: 'billing_update' as const };
const ACCEPTED = { id: '507c340b', personalized_offer_id: 'vdyjO2qlLD_715653d4', option_id: '6cd5280e' };

interface TutorialPlay {
  field: string;
  type: 'boolean' | 'number';
  rule: { operator: 'is'; value: boolean } | { operator: 'greater_than_or_equal'; value: number };
  content: typeof ANALYTICS;
  option: typeof UNLOCK | typeof ADD;
}

async function started(options: SandboxOptions = {}): Promise<StartedSandbox> {
  const { onOffSpec, assertNone } = watchForOffSpec();
  const sandbox = await startSandbox({ onOffSpec, ...options });
  onTestFinished(async () => {
    await sandbox.close();
    assertNone();
  });
  return sandbox;
}

async function sandboxOfTutorial({ field, type, rule, content, option }: TutorialPlay) {
  const ids = ['715653d4', '507c340b'];
  const sandbox = await started({ newId: () => ids.shift() ?? 'ffffffff' });
  sandbox.plays.replace({
    fields: { [field]: type },
    plays: [
      {
        name: 'The play',
        priority: 1,
        audience: [{ field, ...rule }],
        offer: { id: 'vdyjO2qlLD', content, options: [option] },
      },
    ],
  });
  return sandbox;
}

const pasted = ({ url, apiKey }: StartedSandbox, command: string) =>
  curl(command, {
    'https://YOUR_CHARGEBEE_SUBDOMAIN.grow.chargebee.com': url,
    'https://{site}.chargebee.com': url,
    YOUR_CHARGEBEE_API_KEY: apiKey,
    '{site_api_key}': apiKey,
    '{subscription_id}': 'JzDnHhSBWlm1j1n4',
  });

/** The tutorials print no layout; Chargebee's OpenAPI document requires one. */
const LAYOUT = { processing_layout: 'full_page' };

it('answers the commands of the tutorial on entitlement-gated offers', async () => {
  const sandbox = await sandboxOfTutorial({
    field: 'custom.has_advanced_analytics',
    type: 'boolean',
    rule: { operator: 'is', value: false },
    content: ANALYTICS,
    option: UNLOCK,
  });

  expect(await pasted(sandbox, GATED_FEATURE.offers)).toEqual({
    status: 200,
    body: {
      personalized_offers: [
        { id: 'vdyjO2qlLD_715653d4', offer_id: 'vdyjO2qlLD', content: ANALYTICS, options: [{ ...UNLOCK, ...LAYOUT }] },
      ],
      expires_at: expect.any(Number),
    },
  });
  expect(await pasted(sandbox, GATED_FEATURE.viewed)).toEqual({ status: 204, body: '' });
  const offer_fulfillment = {
    ...ACCEPTED,
    processing_type: 'url_redirect',
    redirect_url: UNLOCK.redirect_url,
    created_at: expect.any(Number),
  };
  expect(await pasted(sandbox, GATED_FEATURE.accepted)).toEqual({
    status: 202,
    body: { offer_fulfillment: { ...offer_fulfillment, status: 'in_progress' } },
  });
  expect(await pasted(sandbox, GATED_FEATURE.completed)).toEqual({
    status: 200,
    body: { offer_fulfillment: { ...offer_fulfillment, status: 'completed', completed_at: expect.any(Number) } },
  });

  expect(await pasted(sandbox, GATED_FEATURE.offers)).toMatchObject({ status: 200, body: { personalized_offers: [] } });
  expect(await pasted(sandbox, GATED_FEATURE.accepted)).toMatchObject({
    body: {
      message: 'Fulfillment is already in progress/completed. Retrieve the fulfillment to know the latest status.',
    },
  });
});

it('answers the commands of the tutorial on usage-based upsells', async () => {
  const sandbox = await sandboxOfTutorial({
    field: 'custom.storage_used_percent',
    type: 'number',
    rule: { operator: 'greater_than_or_equal', value: 80 },
    content: STORAGE,
    option: ADD,
  });

  expect(await pasted(sandbox, USAGE_UPSELL.offers)).toEqual({
    status: 200,
    body: {
      personalized_offers: [
        { id: 'vdyjO2qlLD_715653d4', offer_id: 'vdyjO2qlLD', content: STORAGE, options: [{ ...ADD, ...LAYOUT }] },
      ],
      expires_at: expect.any(Number),
    },
  });
  expect(await pasted(sandbox, USAGE_UPSELL.viewed)).toEqual({ status: 204, body: '' });
  expect(await pasted(sandbox, USAGE_UPSELL.accepted)).toMatchObject({
    status: 202,
    body: { offer_fulfillment: { ...ACCEPTED, processing_type: 'billing_update', status: 'in_progress' } },
  });

  sandbox.clock.advance(2_000);
  expect(await pasted(sandbox, USAGE_UPSELL.polled)).toMatchObject({
    status: 200,
    body: { offer_fulfillment: { ...ACCEPTED, processing_type: 'billing_update', status: 'completed' } },
  });
});

it('answers the command of the tutorial on checking entitlements', async () => {
  const sandbox = await started();
  const salesforce = {
    feature_id: 'salesforce-integration',
    feature_name: 'Salesforce integration',
    feature_type: 'switch',
  } as const;
  const users = { feature_id: 'number_of_users', feature_name: 'Number of users', feature_type: 'quantity' } as const;
  const entitlements = [
    { feature: salesforce, value: 'available' },
    { feature: users, value: 10 },
  ];
  sandbox.plays.replace({ fields: {}, plays: [], entitlements });

  const shared = { subscription_id: 'JzDnHhSBWlm1j1n4', is_overridden: false, is_enabled: true };
  expect(await pasted(sandbox, CHECK_ENTITLEMENTS.list)).toMatchObject({
    status: 200,
    body: {
      list: [
        { subscription_entitlement: { ...shared, ...salesforce, value: 'available' } },
        { subscription_entitlement: { ...shared, ...users, value: '10' } },
      ],
    },
  });
});

it('takes the offer events that Chargebee documents, viewed and dismissed, and no other', async () => {
  const sandbox = await sandboxOfTutorial({
    field: 'custom.has_advanced_analytics',
    type: 'boolean',
    rule: { operator: 'is', value: false },
    content: ANALYTICS,
    option: UNLOCK,
  });
  await pasted(sandbox, GATED_FEATURE.offers);
  const posted = (type: string) => pasted(sandbox, GATED_FEATURE.viewed.replace('viewed', type));

  expect(await posted('dismissed')).toEqual({ status: 204, body: '' });
  expect(await posted('accepted')).toMatchObject({ status: 400 });
  expect(await posted('fulfilled')).toMatchObject({ status: 400 });
  expect(sandbox.records().events.map(({ type }) => type)).toEqual(['dismissed']);
});
