/** `npm start` and `upgrade-offer demo`: serves the demo on $PORT (default: 5173) until Ctrl-C. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreNotOpened } from '../proxy/store/not-opened.js';
import { PortTaken } from '../proxy/run/listen.js';
import { startDemo } from './demo.js';

// Nothing has to be saved or finished, so the demo ends at once.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));

const dataFolder = mkdtempSync(join(tmpdir(), 'upgrade-offer-demo-'));
process.once('exit', () => rmSync(dataFolder, { recursive: true, force: true }));

try {
  const { url, sandboxUrl } = await startDemo({ port: Number(process.env['PORT'] || 5173), dataFolder });
  console.log(`upgrade-offer demo: ${url} (sandbox: ${sandboxUrl}/sandbox)`);
} catch (error) {
  // The user can fix a taken port or a missing driver and needs only the sentence; any other error is a bug and needs its stack.
  console.error(error instanceof PortTaken || error instanceof StoreNotOpened ? error.message : error);
  process.exit(1);
}
