/** What the package's types allow an app to write, checked by the compiler that its developers use. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it.each([
  ['React 19, Preact, Vue, Svelte and Solid', 'test/frameworks'],
  ['React 18', 'test/frameworks/react-18'],
])('%s take what is right and refuse what is wrong', async (_, project) => {
  const check = promisify(execFile)(process.execPath, ['node_modules/typescript/bin/tsc', '--project', project]);
  const { stdout } = await check.catch((error: { stdout: string }) => error);
  expect(stdout).toBe('');
});
