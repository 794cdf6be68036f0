/**
 * `npm run test:busy`: runs the tests beside two processes that burn both cores, as on a machine that has other work to do.
 * `-- <command>` runs that command instead. The exit code is the command's.
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const BURNERS = 2;
/** How long a burner burns before it checks whether it should end. */
const BURN_MS = 100;

const [task, ...parameters] = process.argv.slice(2);
if (task === 'burn') {
  // The channel closes however the process that started this one ends, even when it is killed.
  process.once('disconnect', () => process.exit());
  burn();
} else {
  process.exitCode = task === undefined ? await runBusy('npm', ['test']) : await runBusy(task, parameters);
}

/** @returns the exit code of the command. */
async function runBusy(command: string, its: readonly string[]): Promise<number> {
  // Ctrl-C reaches the command too. It ends by itself, and this process after it.
  process.on('SIGINT', () => {});
  const burners = Array.from({ length: BURNERS }, () => fork(fileURLToPath(import.meta.url), ['burn']));
  try {
    const child = spawn(command, its, { stdio: 'inherit' });
    process.once('SIGTERM', () => child.kill());
    const [code] = await once(child, 'exit');
    return typeof code === 'number' ? code : 1;
  } finally {
    for (const burner of burners) burner.kill();
  }
}

function burn(): void {
  const until = performance.now() + BURN_MS;
  while (performance.now() < until);
  setImmediate(burn);
}
