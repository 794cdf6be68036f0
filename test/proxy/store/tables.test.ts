import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const SOURCES = readdirSync('proxy', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

it('keeps the SQL of each table in one file of its subject', () => {
  const homes: Record<string, string[]> = {};
  for (const name of SOURCES) {
    const source = readFileSync(`proxy/${name}`, 'utf8');
    const queries = source.matchAll(/(?:selectFrom|insertInto|updateTable|deleteFrom)\(\s*'(\w+)/g);
    for (const table of new Set([...queries].map(([, table = '']) => table))) (homes[table] ??= []).push(name);
  }

  expect(homes).toEqual({
    callBudget: ['chargebee/call-budget.ts'],
    causedCalls: ['chargebee/caused-calls.ts'],
    entitlements: ['entitlements/lists.ts'],
    fulfillments: ['fulfillments/records.ts'],
    growthNotices: ['events/growth-webhook.ts'],
    issuedOffers: ['offers/issued-offers.ts'],
    leases: ['store/leases.ts'],
    offerAnswers: ['offers/issued-offers.ts'],
    offerViews: ['offers/views.ts'],
    outbox: ['events/outbox.ts'],
    traces: ['offers/traces.ts'],
    unanswered: ['offers/issued-offers.ts'],
    unoffered: ['offers/issued-offers.ts'],
    usageAlerts: ['entitlements/usage-alerts.ts'],
    webhookEvents: ['entitlements/billing-webhook.ts'],
    widgetFiles: ['widget/kept-files.ts'],
  });
});
