/**
 * `npm run sandbox [-- plays.json]`: the stand-in alone, on $PORT (5180 when not set), until Ctrl-C. One line for each
 * call. The plays come from the file that is named, or from $PLAYS; the offer of Advanced Analytics leads to $UPGRADE_URL
 * (the demo's upgrade page when not set). With $BILLING_WEBHOOK_URL it sends webhooks there, as
 * $BILLING_WEBHOOK_USERNAME with $BILLING_WEBHOOK_PASSWORD.
 */
import { readFile } from 'node:fs/promises';
import { readPlaybook, type Playbook } from './playbook.js';
import { startSandbox } from './sandbox.js';

/** What is wrong with what somebody has typed; anything else deserves its stack. */
class Mistake extends Error {}

const { env } = process;

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));

try {
  // `upgrade-offer sandbox` leaves its own word in front.
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
  console.log(`Sandbox Chargebee: ${url} (what it recorded: ${url}/sandbox)\nsite ${site}, key ${apiKey}`);
} catch (error) {
  const isTyped = error instanceof Mistake || (error instanceof Error && error.message.startsWith('Port '));
  console.error(isTyped ? error.message : error);
  process.exit(1);
}

async function playsIn(file: string): Promise<Playbook> {
  try {
    return readPlaybook(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new Mistake(`Failed to start with the plays of ${file}. ${error instanceof Error ? error.message : error}`);
  }
}
