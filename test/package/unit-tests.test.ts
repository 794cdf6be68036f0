/** A host's own unit tests, run by its own Vitest in a DOM that is no browser's. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, expect, inject, it } from 'vitest';
import { fencesOf } from './fence.js';

const folder = join(inject('installed').pageFolder, 'unit-tests');
const path = 'demo/README.md';
const recipe = fencesOf(readFileSync(path, 'utf8'), path).find(({ words }) => words.includes('vitest'));

const EVERY_LAYOUT = `
  import 'upgrade-offer/define';
  import { expect, it } from 'vitest';

  const happens = (name) => new Promise((done) => document.addEventListener(name, done, { once: true }));

  it.each(['inline', 'banner', 'modal', 'corner'])('an offer as %s can be read and accepted', async (layout) => {
    // The element finds an acceptance that is under way again, as after a reload.
    sessionStorage.clear();
    const [ready, accept] = [happens('offer-ready'), happens('offer-accept')];
    document.body.innerHTML = '<upgrade-offer mock="two-options" media-layout="side" icon="lock"></upgrade-offer>';
    const element = document.querySelector('upgrade-offer');
    element.layout = layout;
    await ready;
    const buttons = [...element.shadowRoot.querySelectorAll('button')];
    expect(element.shadowRoot.querySelector('h2').textContent).toBe('Your team has outgrown Starter');
    expect(element.shadowRoot.textContent).toContain('You have invited 11 of 10 people this month.');
    buttons.find(({ textContent }) => textContent.trim() === 'Go to Business').click();
    expect((await accept).option.label).toBe('Go to Business');
  });
`;

beforeAll(async () => {
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  for (const name of ['vitest', 'jsdom', 'happy-dom']) {
    await symlink(resolve('node_modules', name), join(folder, 'node_modules', name));
  }
});

it.each(['jsdom', 'happy-dom'])('an offer can be tested in %s, and nothing is complained of', async (dom) => {
  await writeFile(
    join(folder, 'recipe.test.ts'),
    recipe?.code.replace('environment jsdom', `environment ${dom}`) ?? '',
  );
  await writeFile(join(folder, 'layouts.test.ts'), EVERY_LAYOUT);
  const { passed, said } = await runVitest('--environment', dom, '--testTimeout', '60000');
  // It fails where a test fails, and for a rejection that nobody handles. What an element writes to the console is a "stderr".
  expect(said).not.toMatch(/stderr|Warning/);
  expect(said).toContain('5 passed (5)');
  expect(passed, said).toBe(true);
});

function runVitest(...parameters: string[]): Promise<{ passed: boolean; said: string }> {
  const vitest = resolve('node_modules/vitest/vitest.mjs');
  const env = { PATH: process.env['PATH'], NO_COLOR: '1' };
  return new Promise((done) => {
    execFile(process.execPath, [vitest, 'run', ...parameters], { cwd: folder, env }, (error, stdout, stderr) =>
      done({ passed: error === null, said: stdout + stderr }),
    );
  });
}
