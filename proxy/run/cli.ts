/** The commands of `upgrade-offer` for the proxy and its store, and `npm run proxy`. Settings: environment and `.env`. */
import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { createChargebee } from '../chargebee/chargebee.js';
import { ConfigError, type Config } from '../config.js';
import { DAY_MS } from '../constants.js';
import { RequestError } from '../errors.js';
import { createOutbox } from '../events/outbox.js';
import { NO_FULFILLMENT, NotSettled } from '../fulfillments/settlement.js';
import { backUp, NotBackedUp } from '../store/backup.js';
import { StoreNotOpened, storeNotOpened } from '../store/not-opened.js';
import { openStore } from '../store/open.js';
import type { Store } from '../store/store.js';
import { createWiring } from '../wiring.js';
import type { Check } from './check.js';
import { examine, hostLines, UNLIMITED } from './doctor.js';
import { forget } from './forget.js';
import { listen, NotListening } from './listen.js';
import { readConfig } from './node-config.js';
import { listOutbox, NoSuchEntry, retryOutbox } from './outbox-command.js';
import { examinePreview, NoSubscription, previewLine } from './preview-check.js';
import { openOfferProxy } from './server.js';
import { table } from './table.js';
import { examineToken } from './token-check.js';
import { NotSigned, readCustom, signTrialToken } from './trial-token.js';
import { why } from './why.js';

class UsageError extends Error {}

const USAGE = `Usage: upgrade-offer proxy | doctor [--feature ID ... | --token JWT | --preview CUSTOMER [SUBSCRIPTION]]
       upgrade-offer token CUSTOMER SUBSCRIPTION [--custom KEY=VALUE ...] [--preview]
       upgrade-offer reconcile [--dry-run | --settle OFFER FULFILLMENT|${NO_FULFILLMENT}]
       upgrade-offer outbox list | outbox retry [ENTRY] | why CUSTOMER | forget CUSTOMER | backup FILE`;

/** Of `forget`, so that a script notices. */
const SOMETHING_IS_KEPT = 2;

/** Errors whose message says everything; all others are printed with their stack. */
const FOR_THE_OPERATOR = [
  ConfigError,
  NoSubscription,
  NoSuchEntry,
  NotBackedUp,
  NotListening,
  NotSettled,
  NotSigned,
  StoreNotOpened,
  UsageError,
];

try {
  const { command, parameters, isDryRun, settlement, features, token, custom, isPreview } = readArguments();
  if (existsSync('.env')) loadEnvFile('.env');
  const config = readConfig(process.env);
  if (command === 'proxy') await serve(config);
  else if (command === 'doctor' && token !== undefined) await explainToken(config, token);
  else if (command === 'doctor' && isPreview) await preview(config, parameters);
  else if (command === 'doctor') await doctor(config, features);
  else if (command === 'token') await sign(config, parameters, custom, isPreview);
  else if (command === 'reconcile' && settlement) await settle(config, settlement);
  else if (command === 'reconcile') await reconcile(config, isDryRun);
  else if (command === 'outbox') await outbox(config, parameters);
  else if (command === 'why') await explain(config, only(parameters));
  else if (command === 'forget') await erase(config, only(parameters));
  else if (command === 'backup') await saveTo(config, only(parameters));
  else throw new UsageError(USAGE);
} catch (error) {
  const isOfStore = error instanceof RequestError && error.code === 'store_unavailable';
  const known = isOfStore ? storeNotOpened(error) : error;
  const isForOperator = known instanceof Error && FOR_THE_OPERATOR.some((kind) => known instanceof kind);
  console.error(isForOperator ? known.message : known);
  process.exit(1);
}

interface Arguments {
  readonly command: string;
  /** What follows the command. */
  readonly parameters: readonly string[];
  readonly isDryRun: boolean;
  readonly settlement?: Settlement;
  /** Of `doctor`. */
  readonly features: readonly string[];
  readonly token: string | undefined;
  /** Of `token`: `key=value`. */
  readonly custom: readonly string[];
  /** Of `token` and `doctor`. */
  readonly isPreview: boolean;
}

interface Settlement {
  readonly offerId: string;
  /** The id of the fulfillment, or `none`. */
  readonly found: string;
}

function readArguments(): Arguments {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        settle: { type: 'string' },
        feature: { type: 'string', multiple: true, default: [] },
        token: { type: 'string' },
        custom: { type: 'string', multiple: true, default: [] },
        preview: { type: 'boolean', default: false },
      },
    });
    const [command = 'proxy', ...parameters] = positionals;
    const { feature, token, custom, preview: isPreview, 'dry-run': isDryRun } = values;
    // `--feature a b c` is how people list them.
    const features = command === 'doctor' ? [...feature, ...parameters] : feature;
    const given = { command, parameters, isDryRun, features, token, custom, isPreview };
    if (command === 'reconcile' && values.settle !== undefined) {
      return { ...given, settlement: { offerId: values.settle, found: only(parameters) } };
    }
    if (values.settle !== undefined) throw new UsageError(USAGE);
    return given;
  } catch {
    throw new UsageError(USAGE);
  }
}

function only([one, ...more]: readonly string[]): string {
  if (!one || more.length > 0) throw new UsageError(USAGE);
  return one;
}

async function serve(config: Config): Promise<void> {
  const proxy = await openOfferProxy(config);
  const server = await listen(proxy.standalone, config);
  const { port } = config.metrics;
  const metrics =
    port === undefined ? undefined : await listen(proxy.metrics, { ...config, port, setting: 'METRICS_PORT' });

  const leaving = new AbortController();
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    proxy.drain();
    server.drain();
    await wait(config.drainSeconds * 1_000, undefined, { signal: leaving.signal }).catch(() => {});
    await Promise.all([server.close(), metrics?.close()]);
    await proxy.close();
    process.exit(0);
  };
  // A signal may come more than once, also from npm and from the terminal. Only the first one counts.
  process.on('SIGTERM', () => (stopping ??= stop()));
  process.on('SIGINT', () => {
    leaving.abort();
    stopping ??= stop();
  });
  if (metrics) console.log(`upgrade-offer metrics: ${metrics.url}/metrics`);
  // Printed last: a script that reads this line may stop the process at once.
  console.log(`upgrade-offer proxy: ${server.url}${config.basePath}`);
}

async function doctor(config: Config, features: readonly string[]): Promise<void> {
  print(await examine(config, { features }));
  console.log(`\nFor the host app:\n${hostLines(config, 'https://<this proxy>').join('\n')}`);
}

async function explainToken(config: Config, token: string): Promise<void> {
  print(await examineToken(token, config, { fetch, now: Date.now }));
}

function print(checks: readonly Check[]): void {
  console.log(
    table([['CHECK', 'RESULT', 'WHAT WAS SEEN'], ...checks.map(({ check, result, says }) => [check, result, says])]),
  );
  process.exitCode = checks.some(({ result }) => result === 'wrong') ? 1 : 0;
}

async function sign(
  config: Config,
  [customerId, ...rest]: readonly string[],
  pairs: readonly string[],
  isPreview: boolean,
): Promise<void> {
  const custom = readCustom(pairs);
  if (!customerId || !custom) throw new UsageError(USAGE);
  const subscriptionId = only(rest);
  console.log(
    await signTrialToken(config.identity, { customerId, subscriptionId, custom, preview: isPreview, now: Date.now }),
  );
}

async function preview(config: Config, [customerId, subscriptionId, ...more]: readonly string[]): Promise<void> {
  if (!customerId || more.length > 0) throw new UsageError(USAGE);
  await withStore(config, async (store) => {
    const { url } = config.chargebee;
    const chargebee = createChargebee(config.chargebee, { fetch, now: Date.now, url, budget: UNLIMITED });
    const options = { chargebee, store, now: Date.now };
    const { token, checks } = await examinePreview(customerId, subscriptionId, config, options);
    print(checks);
    console.log(`\nThe token, for an hour:\n${token}\n\nIn the console of the page:\n${previewLine(token)}`);
  });
}

async function outbox(config: Config, [action, id, ...more]: readonly string[]): Promise<void> {
  if (more.length > 0 || (action === 'list' ? id !== undefined : action !== 'retry')) throw new UsageError(USAGE);
  await withStore(config, async (store) => {
    const entries = createOutbox({ store, now: Date.now });
    console.log(action === 'list' ? await listOutbox(entries, Date.now()) : await retryOutbox(entries, id));
  });
}

async function explain(config: Config, customerId: string): Promise<void> {
  await withStore(config, async (store) => console.log(await why(customerId, { store, config, now: Date.now })));
}

async function erase(config: Config, customerId: string): Promise<void> {
  await withStore(config, async (store) => {
    const log = pino({ level: 'silent' });
    const { removed, kept } = await forget(customerId, { store, config, now: Date.now, log });
    console.log(table([['REMOVED', 'ROWS'], ...Object.entries(removed).map(([what, count]) => [what, String(count)])]));
    if (kept.length === 0) return;
    process.exitCode = SOMETHING_IS_KEPT;
    const names = kept.map(({ id, offerId }) => id ?? `of the offer ${offerId}`).join(', ');
    console.log(
      `\nKept with their offers until they have ended, because money may be on its way: ${names}. Then run it again.`,
    );
  });
}

async function saveTo({ databaseUrl }: Config, file: string): Promise<void> {
  await backUp(databaseUrl, file);
  console.log(
    `Backed up to ${file}. To restore it: stop the proxy, put it in the place of the store's file, remove the -wal and -shm beside that, and start the proxy.`,
  );
}

async function withStore(config: Config, work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore(config.databaseUrl, { database: config.database });
  try {
    await work(store);
  } finally {
    await store.destroy();
  }
}

async function settle(config: Config, { offerId, found }: Settlement): Promise<void> {
  const store = await openStore(config.databaseUrl, { database: config.database });
  try {
    const { settle } = createWiring({ config, store, fetch, now: Date.now, log: pino({ level: 'silent' }) });
    const settled = await settle(offerId, found);
    console.log(
      settled
        ? `Settled: the fulfillment ${settled.id} of the offer ${offerId} is ${settled.status}.`
        : `Settled: the proxy has forgotten the acceptance of the offer ${offerId}.`,
    );
  } finally {
    await store.destroy();
  }
}

async function reconcile(config: Config, isDryRun: boolean): Promise<void> {
  const store = await openStore(config.databaseUrl, { database: config.database });
  const { reconcile } = createWiring({ config, store, fetch, now: Date.now, log: pino({ level: 'silent' }) });
  const reconciled = await reconcile.sweep({ isDryRun });
  await store.destroy();
  const oldestFirst = reconciled.toSorted((one, other) => other.ageMs - one.ageMs);
  const rows = oldestFirst.map(({ ageMs, processingType, status, fulfillmentId, subscriptionId, offerId, action }) => [
    `${(ageMs / DAY_MS).toFixed(1)} days`,
    processingType ?? '?',
    status,
    action,
    fulfillmentId ?? '(its id never reached the proxy)',
    subscriptionId,
    offerId,
  ]);
  const action = isDryRun ? 'SUGGESTED ACTION' : 'ACTION';
  console.log(
    rows.length === 0
      ? 'No fulfillment is open.'
      : table([['AGE', 'TYPE', 'STATUS', action, 'FULFILLMENT', 'SUBSCRIPTION', 'OFFER'], ...rows]),
  );
  for (const problem of new Set(oldestFirst.map((each) => each.problem))) {
    const count = oldestFirst.filter((each) => each.problem === problem).length;
    if (problem !== undefined) console.log(`\n${count} shown as last known: ${problem}`);
  }
  if (oldestFirst.some(({ action }) => action === 'look_up')) {
    console.log(
      `\nLook those without an id up in Chargebee, then run: upgrade-offer reconcile --settle OFFER FULFILLMENT (or ${NO_FULFILLMENT}).`,
    );
  }
}
