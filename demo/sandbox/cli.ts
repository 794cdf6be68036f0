/**
 * `npm run sandbox [-- plays.json]`: the Chargebee stand-in alone, on $PORT (default 5180), until Ctrl-C. It logs one
 * line per call. The plays come from the given file, or from $PLAYS. The Advanced Analytics offer redirects to
 * $UPGRADE_URL (default: a page of the sandbox that stands in for the app's). With $BILLING_WEBHOOK_URL it sends webhooks there, with the Basic auth
 * of $BILLING_WEBHOOK_USERNAME and $BILLING_WEBHOOK_PASSWORD.
 */
import { readFile } from 'node:fs/promises';
import { PortInUse } from './listen.js';
import { readPlaybook, type Playbook } from './playbook.js';
import { startSandbox } from './sandbox.js';

/** A mistake in the command line: its message is enough. Any other error is printed with its stack. */
class UsageError extends Error {}

const { env } = process;

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));

try {
  // `upgrade-offer sandbox` leaves its command name in front.
  const [file = env['PLAYS']] = process.argv.slice(2).filter((word) => word !== 'sandbox');
  const upgradeUrl = env['UPGRADE_URL'];
  const { url, site, apiKey } = await startSandbox({
    port: Number(env['PORT'] || 5180),
    log: (line) => console.log(line),
    webhooks: {
      url: env['BILLING_WEBHOOK_URL'] || null,
      username: env['BILLING_WEBHOOK_USERNAME'],
      password: env['BILLING_WEBHOOK_PASSWORD'],
    },
    ...(upgradeUrl && { upgradeUrl }),
    ...(file && { plays: await playsIn(file) }),
  });
  console.log(
    `Chargebee sandbox: ${url}/sandbox\nCHARGEBEE_URL=${url} CHARGEBEE_SITE=${site} CHARGEBEE_API_KEY=${apiKey}`,
  );
} catch (error) {
  const isExpected = error instanceof UsageError || error instanceof PortInUse;
  console.error(isExpected ? error.message : error);
  process.exit(1);
}

async function playsIn(file: string): Promise<Playbook> {
  try {
    return readPlaybook(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new UsageError(`Failed to load the plays in ${file}. ${error instanceof Error ? error.message : error}`);
  }
}
