#!/usr/bin/env node
/**
 * `npx upgrade-offer <command>`: the package's executable. It picks the command, which reads its own arguments. It is in
 * `demo/` because only the demo may import both the proxy and the sandbox.
 */
import { parseArgs } from 'node:util';
import { version } from '../package.json';

interface Command {
  readonly says: string;
  /** Importing the command's module runs it. */
  run(): Promise<unknown>;
}

const runProxy = () => import('../proxy/run/cli.js');

const COMMANDS: Readonly<Record<string, Command>> = {
  proxy: { says: 'the proxy, with settings from the environment and .env', run: runProxy },
  doctor: {
    says: 'checks what the proxy depends on, and says how to fix it; --feature ID: and these; --token JWT: explains one; --preview CUSTOMER: signs one for staff',
    run: runProxy,
  },
  token: {
    says: 'CUSTOMER SUBSCRIPTION: signs a token for trying; --custom KEY=VALUE adds a field; --preview: for staff',
    run: runProxy,
  },
  reconcile: {
    says: 'follows up open fulfillments once; --dry-run only lists them; --settle OFFER ID names one whose answer was lost',
    run: runProxy,
  },
  outbox: { says: 'list: what Chargebee has not been told; retry [ENTRY]: tries it again', run: runProxy },
  why: { says: 'CUSTOMER: what the store knows about a customer, for support', run: runProxy },
  forget: { says: 'CUSTOMER: erases a customer from the store, but not what is in progress', run: runProxy },
  backup: { says: 'FILE: copies a SQLite store while the proxy runs', run: runProxy },
  sandbox: { says: 'a stand-in for Chargebee, on PORT (5180)', run: () => import('./sandbox/cli.js') },
  demo: { says: 'a sample app with the proxy and the stand-in, on PORT (5173)', run: () => import('./cli.js') },
};

const HELP = `Usage: upgrade-offer <command>

${Object.entries(COMMANDS)
  .map(([name, { says }]) => `  ${name.padEnd(10)} ${says}`)
  .join('\n')}

  --help     prints this text
  --version  prints ${version}

The package's .env.example explains the proxy's settings.`;

const { values, positionals } = parseArgs({ strict: false, allowPositionals: true });
const [name] = positionals;
const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;

if (values['version']) {
  console.log(version);
} else if (values['help']) {
  console.log(HELP);
} else if (command) {
  await command.run();
} else {
  const problem = name === undefined ? 'Which command?' : `There is no command "${name}".`;
  console.error(`${problem} Commands: ${Object.keys(COMMANDS).join(', ')}. See: upgrade-offer --help`);
  process.exit(1);
}
