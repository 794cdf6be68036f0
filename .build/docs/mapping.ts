/** By which names Chargebee Growth gets custom fields, asked of the code that sends them. */
import { toQuestion } from '../../proxy/offers/question.js';
import type { Rows } from './markdown-table.js';

const STARTER = { plan: 'starter' };
const STORAGE = { storage_used_percent: 82 };

export function mapping(): Rows {
  return [
    ['attribute, claim of the token, or setting', 'JS name in Growth', 'value'],
    ...sentFor('feature="advanced-analytics"', { feature: 'advanced-analytics' }),
    ...sentFor('feature="API.Access v2"', { feature: 'API.Access v2' }),
    ...sentFor(`context='${JSON.stringify(STORAGE)}'`, { context: STORAGE }),
    ...sentFor(`"custom": ${JSON.stringify(STARTER)}`, {}, STARTER),
    ...sentFor('USAGE_ALERTS=storage-at-80-percent', {}, {}, ['storage-at-80-percent']),
  ];
}

function sentFor(
  written: string,
  request: Parameters<typeof toQuestion>[1],
  custom = {},
  inAlarm: string[] = [],
): Rows {
  const customer = { customerId: 'cus_7', subscriptionId: 'sub_7', custom };
  const allowed = { userAgent: undefined, browserContext: { storage_used_percent: 'number' }, inAlarm } as const;
  return Object.entries(toQuestion(customer, request, allowed).custom).map(([name, value]) => [
    `\`${written}\``,
    `\`custom.${name}\``,
    `\`${JSON.stringify(value)}\``,
  ]);
}
