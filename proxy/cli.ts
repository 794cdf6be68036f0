/** `npm run proxy`: the proxy alone, from the environment and `.env`. */
import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { ConfigError, readConfig } from './config.js';
import { listen } from './listen.js';
import { openOfferProxy } from './server.js';

try {
  await serve();
} catch (error) {
  // What is wrong with the settings or the port is a sentence for the operator; anything else deserves its stack.
  const isExpected = error instanceof ConfigError || (error instanceof Error && error.message.startsWith('Port '));
  console.error(isExpected ? error.message : error);
  process.exit(1);
}

async function serve(): Promise<void> {
  if (existsSync('.env')) loadEnvFile('.env');
  const config = readConfig(process.env);
  const proxy = await openOfferProxy(config);
  const server = await listen(proxy.app, config);
  console.log(`upgrade-offer proxy: ${server.url}${config.basePath}`);

  const stop = async () => {
    await server.close();
    await proxy.close();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
