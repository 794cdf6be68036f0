/** `npm start`: the demo on $PORT (5173 when not set), until Ctrl-C. */
import { PortTaken } from '../proxy/listen.js';
import { startDemo } from './demo.js';

// Nothing here outlives the demo, so it need not wait for anybody and ends at once.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));

try {
  const { url, sandboxUrl } = await startDemo({ port: Number(process.env['PORT'] || 5173) });
  console.log(`upgrade-offer demo: ${url} (what "Chargebee" recorded: ${sandboxUrl}/sandbox)`);
} catch (error) {
  // A taken port is a sentence for whoever typed the command; anything else deserves its stack.
  console.error(error instanceof PortTaken ? error.message : error);
  process.exit(1);
}
