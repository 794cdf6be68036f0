/**
 * `npm run sandbox`: the stand-in alone, on $PORT (5180 when not set), until Ctrl-C. One line for each call. The offer of
 * Advanced Analytics leads to $UPGRADE_URL (the demo's upgrade page when not set).
 */
import { serveSandbox } from './listen.js';
import { createSandbox } from './sandbox.js';

const SITE = 'acme-test';
const API_KEY = 'test_sandbox';

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));

try {
  const upgradeUrl = process.env['UPGRADE_URL'];
  const log = (line: string) => console.log(line);
  const sandbox = createSandbox({ site: SITE, apiKey: API_KEY, log, ...(upgradeUrl && { upgradeUrl }) });
  const { url } = await serveSandbox(sandbox, Number(process.env['PORT'] || 5180));
  console.log(`Sandbox Chargebee: ${url} (what it recorded: ${url}/sandbox)\nsite ${SITE}, key ${API_KEY}`);
} catch (error) {
  // A taken port is a sentence for whoever typed the command; anything else deserves its stack.
  console.error(error instanceof Error && error.message.startsWith('Port ') ? error.message : error);
  process.exit(1);
}
