/** The files in `proxy/` that an operator starts from say only what the proxy knows. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { CLOSE_GRACE_MS, DRAIN_DEFAULT_SECONDS } from '../../../proxy/constants.js';
import { ErrorCode, FailureCode, Outcome, Why } from '../../../proxy/contract.js';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';

const FILES = [
  'proxy/Dockerfile',
  'proxy/compose.yaml',
  ...readdirSync('proxy/deploy').map((name) => `proxy/deploy/${name}`),
];
const read = (path: string) => readFileSync(path, 'utf8');

/** Of other software: what they say to Node, PostgreSQL's image and nginx. */
const NOT_OURS = /^(NODE_ENV|POSTGRES_\w+|AF_\w+)$/;

let stack: Stack;
/** The labels of each metric, on a proxy where an offer was viewed, accepted and carried out, and somebody was refused. */
let metrics: Map<string, Set<string>>;

beforeAll(async () => {
  stack = await startStack();
  const who = asCustomer(stack, await newCustomer('ordinary', { secret: stack.identitySecret }));
  const { offerId, optionId } = offered(await who.ask({ feature: 'advanced-analytics' }));
  await who.report(offerId, 'viewed');
  await asServer(stack).complete(fulfillmentIdOf(await who.accept(offerId, optionId)));
  await asCustomer(stack, { token: 'of nobody' }).outcome('anything');
  const page = await (await fetch(new URL('/metrics', stack.proxyUrl))).text();
  metrics = new Map();
  for (const [, name = '', labels = ''] of page.matchAll(/^(upgrade_offer_\w+)(?:\{(.*)\})? /gm)) {
    const known = metrics.get(name) ?? new Set(['instance', 'job']);
    for (const [, label = '', value = ''] of labels.matchAll(/(\w+)="([^"]*)"/g))
      known.add(label).add(`${label}=${value}`);
    metrics.set(name, known);
  }
});
afterAll(() => stack.close());

const alerts = read('proxy/deploy/alerts.yaml');
const dashboard = JSON.parse(read('proxy/deploy/grafana.json')) as {
  panels: readonly { title: string; targets: readonly { expr: string; legendFormat: string }[] }[];
};

it('the alerts and the dashboard use only metrics and labels that /metrics has', () => {
  const panels = dashboard.panels.flatMap(({ targets }) => targets);
  expect(panels.length).toBeGreaterThan(5);
  const legends = panels.map(({ expr, legendFormat }) => `${expr} by (${labelIn(legendFormat)})`);
  const rules = alerts.split(/^ +- alert: /m).slice(1);
  expect(rules.length).toBeGreaterThan(5);
  for (const expression of [...rules, ...legends]) {
    const names = [...expression.matchAll(/upgrade_offer_\w+/g)].map(([name]) => name);
    for (const name of names) expect([...metrics.keys()], expression).toContain(name);
    const labels = [
      ...[...expression.matchAll(/(\w+)=~?"/g)].map(([, label]) => label),
      ...[...expression.matchAll(/\b(?:by|on) \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', ')),
    ].filter(Boolean);
    const known = new Set(['instance', 'job', ...names.flatMap((name) => [...(metrics.get(name) ?? [])])]);
    for (const label of labels) expect(known, expression).toContain(label);
  }
});

it('the alerts about ages and states name those that the gauges have', () => {
  const gauges = [
    ...alerts.matchAll(
      /(upgrade_offer_(?:open_fulfillments|outbox_entries|outbox_oldest_seconds))\{(\w+)=~?"([^"]+)"\}/g,
    ),
  ];
  expect(gauges).toHaveLength(5);
  for (const [, name = '', label = '', values = ''] of gauges) {
    for (const value of values.split('|')) expect(metrics.get(name)).toContain(`${label}=${value}`);
  }
});

it('the alerts about causes, outcomes and ends name those that there are', () => {
  const words = {
    cause: ErrorCode.options,
    outcome: [...ErrorCode.options, ...Outcome.options.map(({ entries }) => entries.status.literal)],
    end: ['completed', ...FailureCode.options],
    why: Why.options,
  };
  const named = [...alerts.matchAll(/\b(cause|outcome|end|why)[=!]~?"([^"]+)"/g)];
  expect(named.length).toBeGreaterThan(3);
  for (const [, label, values = ''] of named) {
    const known: readonly string[] = Object.entries(words).find(([name]) => name === label)?.[1] ?? [];
    for (const value of values.split('|'))
      expect(
        known.some((word) => new RegExp(`^${value}$`).test(word)),
        `${label} ${value}`,
      ).toBe(true);
  }
});

it('no alert blames the key of a live site that takes no offer events, or of a key that may not list features', async () => {
  const refusing: typeof fetch = async (url, init) =>
    /\/(offer_events|features)$/.test(new URL(String(url)).pathname)
      ? Response.json({ api_error_code: 'api_authorization_failed' }, { status: 403 })
      : fetch(url, init);
  const live = await startStack({ proxy: { fetch: refusing } });
  onTestFinished(() => live.close());
  const who = asCustomer(live, await newCustomer('ordinary', { secret: live.identitySecret }));
  const refused = async () => {
    const page = await (await fetch(new URL('/metrics', live.proxyUrl))).text();
    return [...page.matchAll(/^upgrade_offer_chargebee_calls_total\{(.*status="403".*)\} /gm)].map(
      ([, labels = '']) => labels,
    );
  };
  const { offerId } = offered(await who.ask({ feature: 'advanced-analytics' }));
  await who.report(offerId, 'viewed');
  await who.ask({ feature: 'a-feature-of-nobody' });

  await expect.poll(async () => (await refused()).join()).toMatch(/offer_events/);
  const [, rule = ''] = /alert: UpgradeOfferChargebeeRefuses\n +expr: (.*)/.exec(alerts) ?? [];
  expect((await refused()).join()).toContain('features');
  expect((await refused()).filter((labels) => isSelected(rule, labels))).toEqual([]);
  expect(isSelected(rule, 'operation="personalized_offers",status="401"')).toBe(true);
});

it('the alert about used up calls fires while offers are held back: some calls are always left then', async () => {
  const busy = await startStack({ settings: { CHARGEBEE_CALLS_PER_MINUTE: '10' } });
  onTestFinished(() => busy.close());
  const page = async () => (await fetch(new URL('/metrics', busy.proxyUrl))).text();
  for (let calls = 0; calls < 12; calls += 1) {
    await asCustomer(busy, await newCustomer('ordinary', { secret: busy.identitySecret })).ask();
  }

  const [, rule = ''] = /alert: UpgradeOfferCallBudgetUsedUp\n([^]*?)labels:/.exec(alerts) ?? [];
  const [, selector = ''] = /upgrade_offer_answers_total(\{.*?\})/.exec(rule) ?? [];
  const [, count = '0'] =
    new RegExp(`^upgrade_offer_answers_total\\{.*${selector.slice(1, -1)}\\} (\\d+)`, 'm').exec(await page()) ?? [];
  expect(Number(count)).toBeGreaterThan(1);
  expect(await page()).not.toMatch(/^upgrade_offer_call_budget_left 0$/m);
});

it('each alert has its line in the runbook, in the same words', () => {
  const runbook = read('proxy/README.md').replace(/\s+/g, ' ');
  const rules = [...alerts.matchAll(/alert: (\w+)[^]*?summary: (.*)\n +runbook: (.*)/g)];
  expect(rules).toHaveLength(alerts.match(/alert: /g)?.length ?? 0);
  for (const [, name, summary, action] of rules) expect(runbook).toContain(`**\`${name}\`**: ${summary} ${action}`);
});

it('every setting that they name is one of the proxy', () => {
  const settings = [...read('.env.example').matchAll(/[A-Z][A-Z_]+(?==)/g)].map(([name]) => name);
  for (const path of FILES.filter((name) => !/(alerts|prometheus|grafana)/.test(name))) {
    const named = read(path).match(/\b[A-Z]+(_[A-Z]+)+\b|\b(?:HOST|PORT)(?==)/g) ?? [];
    const unknown = named.filter((name) => !NOT_OURS.test(name) && !settings.includes(name.replace(/_FILE$/, '')));
    expect([path, unknown]).toEqual([path, []]);
  }
});

it('their YAML and JSON can be read', () => {
  const files = FILES.filter((path) => /\.(yaml|json)$/.test(path));
  // oxfmt reads each file to format it, and fails where it cannot.
  expect(() => execFileSync('node_modules/.bin/oxfmt', ['--check', ...files], { stdio: 'pipe' })).not.toThrow();
});

it('all give the proxy the same time to stop, which is longer than it takes: the document once said less', () => {
  const given = [
    /terminationGracePeriodSeconds: (\d+)/.exec(read('proxy/deploy/kubernetes.yaml')),
    /TimeoutStopSec=(\d+)/.exec(read('proxy/deploy/upgrade-offer.service')),
    /stop_grace_period: (\d+)s/.exec(read('proxy/compose.yaml')),
    /Give the container (\d+) seconds to stop/.exec(read('proxy/README.md')),
  ].map((found) => Number(found?.[1]));
  expect(new Set(given).size).toBe(1);
  expect(given[0]).toBeGreaterThan(DRAIN_DEFAULT_SECONDS + CLOSE_GRACE_MS / 1_000);
});

it('none starts the proxy by npx, which does not pass SIGTERM on', () => {
  for (const path of FILES) {
    const starts = read(path)
      .split('\n')
      .filter((line) => /^(CMD|ExecStart|\s+command)/.test(line));
    for (const line of starts) expect(line).not.toMatch(/npx|npm/);
  }
  expect(read('proxy/Dockerfile')).toContain(
    'CMD ["node", "node_modules/upgrade-offer/dist/upgrade-offer.js", "proxy"]',
  );
  expect(read('proxy/deploy/upgrade-offer.service')).toContain(
    'node node_modules/upgrade-offer/dist/upgrade-offer.js proxy\n',
  );
});

function labelIn(legend: string): string {
  return /\{\{(\w+)\}\}/.exec(legend)?.[1] ?? '';
}

/** Whether Prometheus would count a series. Only for an expression with one selector. */
function isSelected(expression: string, labels: string): boolean {
  const matchers = [...expression.matchAll(/(\w+)(=~|!~)"([^"]*)"/g)];
  return matchers.every(([, label = '', operator, pattern = '']) => {
    const [, value = ''] = new RegExp(`\\b${label}="([^"]*)"`).exec(labels) ?? [];
    return new RegExp(`^(?:${pattern})$`).test(value) === (operator === '=~');
  });
}
