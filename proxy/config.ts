/** Turns the environment into a Config, or lists everything that is wrong with it. Only this file knows the settings' names. */
import * as v from 'valibot';
import {
  CALLS_PER_MINUTE_DEFAULT,
  DAY_MS,
  DRAIN_DEFAULT_SECONDS,
  KEEP_ALIVE_DEFAULT_SECONDS,
  SECRET_MIN_CHARACTERS,
  STORE_CONNECTIONS_DEFAULT,
  STORE_TIMEOUT_DEFAULT_SECONDS,
  WEBHOOK_PASSWORD_MIN_CHARACTERS,
} from './constants.js';
import { ContextField } from './contract.js';
import type { RedirectRules } from './redirect.js';

const ContextType = v.picklist(['string', 'number', 'boolean']);
export type ContextType = v.InferOutput<typeof ContextType>;

/** How often a person may see offers that they have not asked for. */
export interface Cap {
  /** As the operator wrote it. */
  readonly rule: string;
  /** Each campaign by itself, or all together. */
  readonly scope: 'campaign' | 'all';
  readonly views: number;
  /** Any such time, not days of a calendar. Infinity: for life. */
  readonly withinMs: number;
}

/** What an operator decides; `.env.example` describes each setting. */
export interface Config {
  readonly chargebee: { readonly site: string; readonly apiKey: string; readonly url: string | undefined };
  readonly callsPerMinute: number;
  /** Whether a cancelled or paused subscription loses access to what Chargebee still lists for it. */
  readonly isStatusChecked: boolean;
  /** Whose features count: those of the token's subscription, or of all of the customer's subscriptions together. */
  readonly entitlementsOf: 'subscription' | 'customer';
  readonly databaseUrl: string;
  /** For PostgreSQL: how many connections at most, and how long connecting or a query may take. */
  readonly database: { readonly connections: number; readonly timeoutSeconds: number };
  readonly identity: {
    readonly key: { readonly secrets: readonly string[] } | { readonly jwksUrl: string };
    readonly issuer: string | undefined;
    readonly audience: string | undefined;
  };
  /** Any of several secrets is taken, here and below, so that one can replace another without a gap. */
  readonly serverKeys: readonly string[];
  readonly webhooks: {
    readonly billing: readonly { readonly username: string; readonly password: string }[];
    readonly growthSecrets: readonly string[];
  };
  readonly allowedOrigins: readonly string[];
  /** Headers that pages of these origins may send, beside the proxy's own and those of W3C tracing. */
  readonly allowedHeaders: readonly string[];
  readonly redirects: RedirectRules;
  /** After this many days, fulfillments that only the app can finish are reported as failed. Undefined: never. */
  readonly failAfterDays: number | undefined;
  readonly browserContext: Readonly<Record<string, ContextType>>;
  /** Ids of Chargebee's usage alerts that audiences may use. */
  readonly usageAlerts: readonly string[];
  /** None: nothing is counted. */
  readonly caps: readonly Cap[];
  readonly basePath: string;
  readonly host: string;
  readonly port: number;
  /** The port of `/metrics` if it is not `port`, and the tokens of which its readers show one. */
  readonly metrics: { readonly port: number | undefined; readonly tokens: readonly string[] };
  /** How long `/readyz` says no before the port closes. */
  readonly drainSeconds: number;
  /** How long an idle connection stays open. */
  readonly keepAliveSeconds: number;
  readonly logLevel: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** One sentence for each wrong setting. */
  readonly findings: readonly string[];

  constructor(findings: readonly string[]) {
    super(
      `Failed to read the settings. Correct each of these:\n${findings.map((finding) => `  - ${finding}`).join('\n')}`,
    );
    this.findings = findings;
  }
}

const required = (what: string) => v.pipe(v.optional(v.string(), ''), v.minLength(1, `is missing: ${what}`));
/** Hosts that only a private network knows: `sandbox` of a compose file, `id.default.svc`, `10.0.0.7`, `localhost`. */
const PRIVATE_HOST =
  /^([^.:]+|.*\.(svc|local|internal|localhost)|127(\.\d+){3}|10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|\[(::1|f[cd][\da-f]{2}:.*)\])$/;
/** Over plain http, anybody on the way reads the API key, or puts keys of their own in the place of the provider's. */
const secureUrl = v.pipe(
  v.string(),
  v.url('is not a URL'),
  v.check((url) => {
    const { protocol, hostname } = new URL(url);
    return protocol === 'https:' || (protocol === 'http:' && PRIVATE_HOST.test(hostname));
  }, 'must start with https:// (http:// only for hosts of a private network)'),
);
const seconds = (fallback: number, min: number, max: number) =>
  v.pipe(
    v.optional(v.string(), String(fallback)),
    v.regex(/^\d{1,4}$/, `must be a number of seconds, ${min} to ${max}`),
    v.transform(Number),
    v.minValue(min, `must be ${min} seconds or more`),
    v.maxValue(max, `must be ${max} seconds or less`),
  );
const list = v.pipe(
  v.optional(v.string(), ''),
  v.transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  ),
);

const secrets = v.pipe(
  list,
  v.everyItem(
    (item) => item.length >= SECRET_MIN_CHARACTERS,
    `needs at least ${SECRET_MIN_CHARACTERS} characters, e.g. from: openssl rand -hex 32 (a comma separates two secrets)`,
  ),
);

// An Authorization header allows only these characters.
const bearerTokens = v.pipe(
  secrets,
  v.everyItem((item) => /^[\w.~+/-]+=*$/.test(item), 'may hold letters, digits and . _ ~ + / - only'),
);

const port = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}$/, 'must be a port number'),
  v.transform(Number),
  v.maxValue(65_535, 'must be 65535 or less'),
);

const CAP = /^(campaign|all)=([1-9]\d{0,2})\/(?:([1-9]\d{0,2})?([dw])|life)$/;

function toCap(rule: string): Cap {
  const [, scope, views, count = '1', unit] = CAP.exec(rule) ?? [];
  return {
    rule,
    scope: scope === 'all' ? 'all' : 'campaign',
    views: Number(views),
    withinMs: unit === undefined ? Infinity : Number(count) * (unit === 'w' ? 7 : 1) * DAY_MS,
  };
}

const Settings = v.object({
  CHARGEBEE_SITE: v.pipe(
    required('the site name, as in https://acme.chargebee.com'),
    v.regex(/^[a-z0-9][a-z0-9-]*$/, 'is the first part of the host only, e.g. "acme" for https://acme.chargebee.com'),
  ),
  CHARGEBEE_API_KEY: required('a full-access key of Chargebee Billing'),
  CHARGEBEE_URL: v.optional(secureUrl),
  CHARGEBEE_CALLS_PER_MINUTE: v.pipe(
    v.optional(v.string(), String(CALLS_PER_MINUTE_DEFAULT)),
    v.regex(/^[1-9]\d{0,5}$/, 'must be a number of calls, 1 to 999999'),
    v.transform(Number),
  ),
  ENTITLEMENTS_OF: v.optional(
    v.picklist(['subscription', 'customer'], 'must be subscription or customer'),
    'subscription',
  ),
  SUBSCRIPTION_STATUS: v.optional(v.picklist(['check', 'ignore'], 'must be check or ignore'), 'check'),
  DATABASE_URL: v.optional(
    v.pipe(v.string(), v.regex(/^(file:.|postgres(ql)?:\/\/.)/, 'must be file:<path> or postgres://...')),
    'file:data/upgrade-offer.db',
  ),
  DATABASE_CONNECTIONS: v.pipe(
    v.optional(v.string(), String(STORE_CONNECTIONS_DEFAULT)),
    v.regex(/^[1-9]\d{0,2}$/, 'must be a number of connections, 1 to 999'),
    v.transform(Number),
  ),
  DATABASE_TIMEOUT_SECONDS: seconds(STORE_TIMEOUT_DEFAULT_SECONDS, 1, 60),
  IDENTITY_SECRET: secrets,
  IDENTITY_JWKS_URL: v.optional(secureUrl),
  IDENTITY_ISSUER: v.optional(v.string()),
  IDENTITY_AUDIENCE: v.optional(v.string()),
  SERVER_KEY: bearerTokens,
  BILLING_WEBHOOK_USERNAME: v.optional(v.string(), ''),
  BILLING_WEBHOOK_PASSWORD: v.pipe(
    list,
    v.everyItem(
      (item) => item.length >= WEBHOOK_PASSWORD_MIN_CHARACTERS,
      `needs at least ${WEBHOOK_PASSWORD_MIN_CHARACTERS} characters (a comma separates two passwords)`,
    ),
  ),
  GROWTH_WEBHOOK_SECRET: list,
  ALLOWED_ORIGINS: v.pipe(
    list,
    v.everyItem(
      (item) => URL.canParse(item) && new URL(item).origin === item,
      'holds an item that is not an origin such as https://app.example',
    ),
  ),
  ALLOWED_HEADERS: v.pipe(
    list,
    v.everyItem(
      (item) => /^[\w-]{1,100}$/.test(item),
      'holds an item that is not a name of a header such as sentry-trace',
    ),
  ),
  ALLOWED_REDIRECT_HOSTS: v.pipe(
    list,
    v.everyItem(
      (item) => !/[/\\?#@\s]/.test(item) && URL.canParse(`https://${item}`),
      'holds an item that is not a host such as app.example or localhost:5173',
    ),
  ),
  REDIRECT_ID_PARAMETER: v.optional(
    v.pipe(v.string(), v.regex(/^[\w-]{1,50}$/, 'must be the name of a query parameter')),
  ),
  RECONCILE_FAIL_AFTER_DAYS: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[1-6]$/, 'must be 1 to 6: after 7 days Chargebee gives up itself'),
      v.transform(Number),
    ),
  ),
  BROWSER_CONTEXT: v.pipe(
    list,
    v.everyItem(
      (item) => /^[\w-]{1,50}:(string|number|boolean)$/.test(item),
      'holds an item that is not <field>:string, <field>:number or <field>:boolean',
    ),
    v.everyItem(
      (item) => v.is(ContextField, item.split(':')[0]),
      'holds a name that JavaScript reserves: __proto__, prototype or constructor',
    ),
    v.transform((items) => Object.fromEntries(items.map((item) => item.split(':')))),
    v.record(v.string(), ContextType),
  ),
  USAGE_ALERTS: v.pipe(
    list,
    v.everyItem(
      (item) => v.is(ContextField, `alert_${item}`),
      'holds an item that is not the id of a usage alert: up to 44 letters, digits, "_" or "-"',
    ),
  ),
  OFFER_CAPS: v.pipe(
    list,
    v.everyItem(
      (item) => CAP.test(item),
      'holds an item that is not such as campaign=3/7d or all=1/d: "campaign" or "all", 1 to 999 views, and d, w, 1d to 999d, 1w to 999w or life',
    ),
    v.transform((items) => items.map(toCap)),
  ),
  BASE_PATH: v.optional(
    v.pipe(v.string(), v.regex(/^(\/[\w.-]+)+$/, 'must be a path such as /upgrade-offer')),
    '/upgrade-offer',
  ),
  HOST: v.optional(v.string(), '127.0.0.1'),
  PORT: v.optional(port, '8787'),
  METRICS_PORT: v.optional(port),
  METRICS_TOKEN: bearerTokens,
  DRAIN_SECONDS: seconds(DRAIN_DEFAULT_SECONDS, 0, 600),
  KEEP_ALIVE_SECONDS: seconds(KEEP_ALIVE_DEFAULT_SECONDS, 1, 3_600),
  LOG_LEVEL: v.optional(
    v.picklist(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    ),
    'info',
  ),
});

/** Those that a file may hold: `SERVER_KEY_FILE` names the file of `SERVER_KEY`. */
const SECRETS: readonly (keyof typeof Settings.entries)[] = [
  'CHARGEBEE_API_KEY',
  'DATABASE_URL',
  'IDENTITY_SECRET',
  'SERVER_KEY',
  'BILLING_WEBHOOK_PASSWORD',
  'GROWTH_WEBHOOK_SECRET',
  'METRICS_TOKEN',
];

/** Where a file was named that cannot be read: the setting is given, and what it is stays unknown. */
const UNREAD = '(in a file that cannot be read)';

interface ReadOptions {
  /** The host passes its own `identify`, so the settings need no key for tokens. */
  readonly identifiedByHost?: boolean;
  /** Reads the file of a secret; absent where there is no file system. It may throw. */
  readonly readFile?: (path: string) => string;
}

/** @throws ConfigError with all findings at once. It never contains a value. */
export function readConfig(environment: Environment, { identifiedByHost, readFile }: ReadOptions = {}): Config {
  const findings: string[] = [];
  const given = { ...set(environment) };
  if (readFile) {
    for (const name of SECRETS) {
      const path = given[`${name}_FILE`];
      if (path === undefined) continue;
      if (given[name] !== undefined) findings.push(`${name} and ${name}_FILE exclude each other: keep one`);
      else given[name] = contentOf(`${name}_FILE`, path, readFile, findings);
    }
  }
  // One finding for each setting: a missing value is not also reported as malformed.
  const parsed = v.safeParse(Settings, given, { abortPipeEarly: true });
  for (const { path, message } of parsed.issues ?? []) {
    const name = String(path?.[0]?.key);
    if (given[name] !== UNREAD) findings.push(`${name} ${message}`);
  }
  const keys = [given['IDENTITY_SECRET'], given['IDENTITY_JWKS_URL']].filter(Boolean).length;
  if (keys === 0 && !identifiedByHost) {
    findings.push('IDENTITY_SECRET or IDENTITY_JWKS_URL is missing: without one, no customer can be identified');
  }
  if (keys === 2) findings.push('IDENTITY_SECRET and IDENTITY_JWKS_URL exclude each other: keep one');
  if (Boolean(given['BILLING_WEBHOOK_USERNAME']) !== Boolean(given['BILLING_WEBHOOK_PASSWORD'])) {
    findings.push('BILLING_WEBHOOK_USERNAME and BILLING_WEBHOOK_PASSWORD belong together: set both or neither');
  }
  if (given['METRICS_PORT'] && given['METRICS_PORT'] !== '0' && given['METRICS_PORT'] === (given['PORT'] ?? '8787')) {
    findings.push('METRICS_PORT is the same as PORT: choose another one, or protect /metrics with METRICS_TOKEN');
  }
  if (!parsed.success || findings.length > 0) throw new ConfigError(findings);
  return toConfig(parsed.output);
}

/** `NAME=` in a .env file means "not set". */
function set(environment: Environment): Record<string, string> {
  const entries = Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1]?.trim()));
  return Object.fromEntries(entries);
}

/** The path is not told: somebody may have put the secret itself there. */
function contentOf(name: string, path: string, readFile: (path: string) => string, findings: string[]): string {
  try {
    // Editors and `echo` end a file with a line break.
    const content = readFile(path).replace(/[\r\n]+$/, '');
    if (content.trim()) return content;
    findings.push(`${name} names an empty file`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    findings.push(`${name} names a file that cannot be read${code}`);
  }
  return UNREAD;
}

function toConfig(settings: v.InferOutput<typeof Settings>): Config {
  return {
    chargebee: { site: settings.CHARGEBEE_SITE, apiKey: settings.CHARGEBEE_API_KEY, url: settings.CHARGEBEE_URL },
    callsPerMinute: settings.CHARGEBEE_CALLS_PER_MINUTE,
    // Chargebee lists the entitlements of a customer for active and non-renewing subscriptions only.
    isStatusChecked: settings.SUBSCRIPTION_STATUS === 'check' && settings.ENTITLEMENTS_OF === 'subscription',
    entitlementsOf: settings.ENTITLEMENTS_OF,
    databaseUrl: settings.DATABASE_URL,
    database: { connections: settings.DATABASE_CONNECTIONS, timeoutSeconds: settings.DATABASE_TIMEOUT_SECONDS },
    identity: {
      key: settings.IDENTITY_JWKS_URL ? { jwksUrl: settings.IDENTITY_JWKS_URL } : { secrets: settings.IDENTITY_SECRET },
      issuer: settings.IDENTITY_ISSUER,
      audience: settings.IDENTITY_AUDIENCE,
    },
    serverKeys: settings.SERVER_KEY,
    webhooks: {
      billing: settings.BILLING_WEBHOOK_PASSWORD.map((password) => ({
        username: settings.BILLING_WEBHOOK_USERNAME,
        password,
      })),
      growthSecrets: settings.GROWTH_WEBHOOK_SECRET,
    },
    allowedOrigins: settings.ALLOWED_ORIGINS,
    allowedHeaders: settings.ALLOWED_HEADERS,
    redirects: { hosts: settings.ALLOWED_REDIRECT_HOSTS, idParameter: settings.REDIRECT_ID_PARAMETER },
    failAfterDays: settings.RECONCILE_FAIL_AFTER_DAYS,
    browserContext: settings.BROWSER_CONTEXT,
    usageAlerts: settings.USAGE_ALERTS,
    caps: settings.OFFER_CAPS,
    basePath: settings.BASE_PATH,
    host: settings.HOST,
    port: settings.PORT,
    metrics: { port: settings.METRICS_PORT, tokens: settings.METRICS_TOKEN },
    drainSeconds: settings.DRAIN_SECONDS,
    keepAliveSeconds: settings.KEEP_ALIVE_SECONDS,
    logLevel: settings.LOG_LEVEL,
  };
}
