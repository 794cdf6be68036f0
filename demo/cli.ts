/**
 * `npm start` and `upgrade-offer demo`: serves the demo on $PORT until Ctrl-C. Without $PORT it takes 5173, or the next one that
 * is free.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DriverMissing } from '../proxy/store/driver-missing.js';
import { StoreNotOpened } from '../proxy/store/not-opened.js';
import { PortTaken } from '../proxy/run/listen.js';
import { startDemo, type Demo } from './demo.js';

/** Also the port of Vite's development server, so it is often in use. */
const FIRST_PORT = 5173;
const LAST_PORT = FIRST_PORT + 20;

const NO_DRIVER =
  'Failed to start the demo: its store needs the package libsql. Run: npm install libsql (or with npx: npx -p upgrade-offer -p libsql upgrade-offer demo)';

// Nothing has to be saved or finished, so the demo ends at once.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));

const dataFolder = mkdtempSync(join(tmpdir(), 'upgrade-offer-demo-'));
process.once('exit', () => rmSync(dataFolder, { recursive: true, force: true }));

try {
  const { url, sandboxUrl } = await start(process.env['PORT']);
  console.log(`upgrade-offer demo: ${url} (sandbox: ${sandboxUrl}/sandbox)`);
} catch (error) {
  // The user can fix a taken port or a missing driver and needs only the sentence; any other error is a bug and needs its stack.
  const isForUser = error instanceof PortTaken || error instanceof StoreNotOpened;
  console.error(error instanceof DriverMissing ? NO_DRIVER : isForUser ? error.message : error);
  process.exit(1);
}

/** @throws PortTaken when the port that was asked for is in use. */
async function start(asked: string | undefined): Promise<Demo> {
  if (asked) return startDemo({ port: Number(asked), dataFolder });
  for (let port = FIRST_PORT; ; port += 1) {
    try {
      const demo = await startDemo({ port, dataFolder });
      if (port > FIRST_PORT) console.log(`Port ${FIRST_PORT} is already in use, so the demo takes ${port}.`);
      return demo;
    } catch (error) {
      if (!(error instanceof PortTaken) || port === LAST_PORT) throw error;
    }
  }
}
