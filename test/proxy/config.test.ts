import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, type Environment } from '../../proxy/config.js';

const complete: Environment = {
  CHARGEBEE_SITE: 'acme',
  CHARGEBEE_API_KEY: 'live_key',
  IDENTITY_SECRET: 'a secret of at least 32 characters',
};

function findings(environment: Environment): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.findings;
    throw error;
  }
  return [];
}

describe('the settings', () => {
  it('need a site, a key and a way to identify customers; the rest has a default', () => {
    expect(readConfig(complete)).toEqual({
      chargebee: { site: 'acme', apiKey: 'live_key', url: undefined },
      callsPerMinute: 100,
      isStatusChecked: true,
      entitlementsOf: 'subscription',
      databaseUrl: 'file:data/upgrade-offer.db',
      database: { connections: 10, timeoutSeconds: 3 },
      identity: { key: { secrets: [complete['IDENTITY_SECRET']] }, issuer: undefined, audience: undefined },
      serverKeys: [],
      webhooks: { billing: [], growthSecrets: [] },
      allowedOrigins: [],
      allowedHeaders: [],
      redirects: { hosts: [], idParameter: undefined },
      failAfterDays: undefined,
      browserContext: {},
      usageAlerts: [],
      caps: [],
      basePath: '/upgrade-offer',
      host: '127.0.0.1',
      port: 8787,
      metrics: { port: undefined, tokens: [] },
      drainSeconds: 6,
      keepAliveSeconds: 75,
      logLevel: 'info',
    });
  });

  it('read lists and typed fields', () => {
    const config = readConfig({
      ...complete,
      ALLOWED_ORIGINS: 'https://app.example, https://beta.example:8443',
      ALLOWED_REDIRECT_HOSTS: 'app.example,localhost:5173',
      BROWSER_CONTEXT: 'storage_used_percent:number, beta:boolean',
      USAGE_ALERTS: 'storage-at-80-percent, seats',
    });

    expect(config.allowedOrigins).toEqual(['https://app.example', 'https://beta.example:8443']);
    expect(config.redirects.hosts).toEqual(['app.example', 'localhost:5173']);
    expect(config.usageAlerts).toEqual(['storage-at-80-percent', 'seats']);
    expect(config.browserContext).toEqual({ storage_used_percent: 'number', beta: 'boolean' });
  });

  it('read how often an offer may be shown', () => {
    const { caps } = readConfig({ ...complete, OFFER_CAPS: 'campaign=3/7d, all=1/d, all=2/w, campaign=9/life' });
    const DAY_MS = 24 * 60 * 60_000;

    expect(caps).toEqual([
      { rule: 'campaign=3/7d', scope: 'campaign', views: 3, withinMs: 7 * DAY_MS },
      { rule: 'all=1/d', scope: 'all', views: 1, withinMs: DAY_MS },
      { rule: 'all=2/w', scope: 'all', views: 2, withinMs: 7 * DAY_MS },
      { rule: 'campaign=9/life', scope: 'campaign', views: 9, withinMs: Infinity },
    ]);
  });

  it.each([
    'campaign',
    'campaign=3',
    'all=0/d',
    'all=1/0d',
    'offer=1/d',
    'all=1/month',
    'all=1/7',
    'all=1/life,all=x/d',
  ])('refuse a cap that is no rule, and say how one looks: %s', (OFFER_CAPS) => {
    expect(findings({ ...complete, OFFER_CAPS })).toEqual([
      expect.stringMatching(/^OFFER_CAPS holds an item that is not such as campaign=3\/7d or all=1\/d: /),
    ]);
  });

  it('take two secrets at once, so that one can replace the other without a gap', () => {
    const keys = ['a-server-key-that-is-about-to-go-away', 'a-server-key-that-has-just-been-made'];
    const config = readConfig({
      ...complete,
      SERVER_KEY: keys.join(','),
      BILLING_WEBHOOK_USERNAME: 'chargebee',
      BILLING_WEBHOOK_PASSWORD: 'the-old-password, the-young-password',
      GROWTH_WEBHOOK_SECRET: 'old,young',
    });

    expect(config.serverKeys).toEqual(keys);
    expect(config.webhooks).toEqual({
      billing: [
        { username: 'chargebee', password: 'the-old-password' },
        { username: 'chargebee', password: 'the-young-password' },
      ],
      growthSecrets: ['old', 'young'],
    });
  });

  it('keep the metrics on a port of their own', () => {
    expect(readConfig({ ...complete, METRICS_PORT: '9464' }).metrics.port).toBe(9464);
    expect(findings({ ...complete, METRICS_PORT: '8787' })).toEqual([expect.stringContaining('same as PORT')]);
    expect(findings({ ...complete, METRICS_PORT: '9000', PORT: '9000' })).toEqual([expect.stringMatching('same as')]);
    expect(findings({ ...complete, METRICS_TOKEN: 'short' })).toEqual([expect.stringMatching(/^METRICS_TOKEN needs/)]);
  });

  it('that are empty are named once each: an empty site was once also called malformed', () => {
    expect(findings({ ...complete, CHARGEBEE_SITE: '' })).toEqual([
      'CHARGEBEE_SITE is missing: the site name, as in https://acme.chargebee.com',
    ]);
  });

  it('that are wrong are all named at once, without their values', () => {
    const wrong = {
      CHARGEBEE_SITE: 'https://acme.chargebee.com',
      CHARGEBEE_API_KEY: '',
      CHARGEBEE_URL: 'acme',
      DATABASE_URL: 'mysql://nowhere',
      CHARGEBEE_CALLS_PER_MINUTE: '0',
      SUBSCRIPTION_STATUS: 'sometimes',
      IDENTITY_SECRET: 'tooshort',
      SERVER_KEY: 'also short',
      ALLOWED_ORIGINS: 'https://app.example/path',
      BROWSER_CONTEXT: 'usage:date',
      BASE_PATH: 'no-slash',
      PORT: 'http',
      LOG_LEVEL: 'loud',
    };

    const found = findings(wrong);

    expect(found.map((finding) => finding.split(' ')[0])).toEqual(expect.arrayContaining(Object.keys(wrong)));
    expect(found.join()).not.toContain('tooshort');
  });

  it.each([
    ['neither a secret nor a JWKS URL', { IDENTITY_SECRET: ' ' }, 'IDENTITY_SECRET or IDENTITY_JWKS_URL'],
    ['half of the webhook credentials', { BILLING_WEBHOOK_USERNAME: 'chargebee' }, 'BILLING_WEBHOOK_PASSWORD'],
    [
      'a webhook password that can be guessed',
      { BILLING_WEBHOOK_USERNAME: 'chargebee', BILLING_WEBHOOK_PASSWORD: 'b' },
      'at least 12 characters',
    ],
    ['a custom field that JavaScript reserves', { BROWSER_CONTEXT: 'constructor:number' }, 'JavaScript reserves'],
    [
      'a usage alert whose id makes no name of a field',
      { USAGE_ALERTS: 'seats at 80 %' },
      'not the id of a usage alert',
    ],
    ['a second secret that is short', { IDENTITY_SECRET: `${complete['IDENTITY_SECRET']},short` }, 'at least 32'],
    ['a port that does not exist', { PORT: '99999' }, 'PORT must be 65535 or less'],
    ['a redirect host with a path', { ALLOWED_REDIRECT_HOSTS: 'app.example/upgrade' }, 'not a host'],
    ['a redirect host with an impossible port', { ALLOWED_REDIRECT_HOSTS: 'app.example:99999' }, 'not a host'],
    ['a header with a blank', { ALLOWED_HEADERS: 'x trace' }, 'not a name of a header'],
    ['a key that goes over the internet in plain text', { CHARGEBEE_URL: 'http://egress.example' }, 'https://'],
    ['the same to an address of IPv6', { CHARGEBEE_URL: 'http://[2001:db8::1]' }, 'https://'],
    [
      "the provider's keys over the internet in plain text",
      { IDENTITY_SECRET: '', IDENTITY_JWKS_URL: 'http://id.example/jwks' },
      'https://',
    ],
    ['both a secret and a JWKS URL', { IDENTITY_JWKS_URL: 'https://id.example/jwks' }, 'exclude each other'],
  ])('are refused with %s', (_, change, sentence) => {
    expect(findings({ ...complete, ...change })).toEqual([expect.stringContaining(sentence)]);
  });

  it.each([
    'http://sandbox:5180',
    'http://localhost:5180',
    'http://10.1.2.3',
    'http://egress.infra.svc',
    'http://[::1]',
    'http://[fd12:3456::7]',
  ])('may name an address of a private network without TLS: %s', (url) => {
    expect(readConfig({ ...complete, CHARGEBEE_URL: url }).chargebee.url).toBe(url);
  });
});
