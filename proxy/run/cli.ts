/** `upgrade-offer proxy`, `doctor` and `reconcile`, and `npm run proxy`: from the environment and `.env`. */
import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { ConfigError, readConfig, type Config } from '../config.js';
import { DAY_MS, DRAIN_MS } from '../constants.js';
import { DriverMissing } from '../store/driver-missing.js';
import { examine, hostLines } from './doctor.js';
import { listen, PortTaken } from './listen.js';
import { createParts } from '../wiring.js';
import { openOfferProxy } from './server.js';
import { openStore } from '../store/open.js';
import { table } from './table.js';

class UsageError extends Error {}

const USAGE = 'Usage: upgrade-offer proxy | doctor | reconcile [--dry-run]';

/** Their message says it all; anything else deserves its stack. */
const FOR_THE_OPERATOR = [ConfigError, DriverMissing, PortTaken, UsageError];

try {
  const { command, isDryRun } = readArguments();
  if (existsSync('.env')) loadEnvFile('.env');
  const config = readConfig(process.env);
  if (command === 'proxy') await serve(config);
  else if (command === 'doctor') await doctor(config);
  else if (command === 'reconcile') await reconcile(config, isDryRun);
  else throw new UsageError(USAGE);
} catch (error) {
  const isForOperator = error instanceof Error && FOR_THE_OPERATOR.some((kind) => error instanceof kind);
  console.error(isForOperator ? error.message : error);
  process.exit(1);
}

function readArguments(): { command: string; isDryRun: boolean } {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean', default: false } },
    });
    return { command: positionals.at(-1) ?? 'proxy', isDryRun: values['dry-run'] };
  } catch {
    throw new UsageError(USAGE);
  }
}

async function serve(config: Config): Promise<void> {
  const proxy = await openOfferProxy(config);
  const server = await listen(proxy.standalone, config);

  const stop = async (drainMs: number) => {
    proxy.drain();
    await wait(drainMs);
    await server.close();
    await proxy.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => stop(DRAIN_MS));
  process.once('SIGINT', () => stop(0));
  // Last, since whoever reads this line may ask us to stop at once.
  console.log(`upgrade-offer proxy: ${server.url}${config.basePath}`);
}

async function doctor(config: Config): Promise<void> {
  const findings = await examine(config);
  console.log(
    table([['CHECK', 'RESULT', 'WHAT WAS SEEN'], ...findings.map(({ check, result, says }) => [check, result, says])]),
  );
  console.log(`\nFor the host app:\n${hostLines(config, 'https://<this proxy>').join('\n')}`);
  process.exitCode = findings.some(({ result }) => result === 'wrong') ? 1 : 0;
}

async function reconcile(config: Config, isDryRun: boolean): Promise<void> {
  const store = await openStore(config.databaseUrl);
  const { reconcile } = createParts({ config, store, fetch, now: Date.now, log: pino({ level: 'silent' }) });
  const findings = await reconcile.sweep({ isDryRun });
  await store.destroy();
  const rows = findings.map(({ ageMs, processingType, status, fulfillmentId, subscriptionId, action }) => [
    `${(ageMs / DAY_MS).toFixed(1)} days`,
    processingType ?? '?',
    status,
    action,
    fulfillmentId ?? '(its id never reached us)',
    subscriptionId,
  ]);
  const verb = isDryRun ? 'SUGGESTED ACTION' : 'ACTION';
  console.log(
    rows.length === 0
      ? 'No fulfillment is open.'
      : table([['AGE', 'TYPE', 'STATUS', verb, 'FULFILLMENT', 'SUBSCRIPTION'], ...rows]),
  );
}
