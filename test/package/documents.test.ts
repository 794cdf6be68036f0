/** The documents' code, run as a reader would after installing the package. `fence.ts` says how to mark a fence. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { transformWithOxc } from 'vite';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { DOCUMENTS } from '../../.build/docs/documents.js';
import manifest from '../../package.json' with { type: 'json' };
import { chromiumLaunchOptions } from '../support/chromium.js';
import { startAdoptedApp, type AdoptedApp } from './adopted-app.js';
import { runCommand } from './command.js';
import { fencesOf, type Fence } from './fence.js';

const installed = inject('installed');
const folder = join(installed.proxyFolder, 'documents');
const fences = DOCUMENTS.flatMap((path) => fencesOf(readFileSync(path, 'utf8'), path)).filter(
  ({ language, words }) => language !== '' && !words.includes('recipe'),
);
const marked = (word: string) => fences.filter(({ words }) => words.includes(word));
/** Pages run before any code that accepts an offer, because an accepted offer is not shown again. */
const inTurn = [...new Set([...marked('token'), ...marked('page'), ...fences])];

/** The customer in the documents' examples. */
const CUSTOMER = ['cus_7', 'sub_7'] as const;

let app: AdoptedApp;
let token: string;
let typeErrors: string;
let commands: readonly string[];

beforeAll(async () => {
  app = await startAdoptedApp(installed);
  token = await app.tokenOf(...CUSTOMER);
  commands = await namedInHelp();
  typeErrors = await typeCheck(fences.filter(({ language }) => language === 'ts' || language === 'tsx'));
});
afterAll(() => app.close());

it('has code to test', () => {
  for (const word of ['token', 'page', 'run']) expect(marked(word), word).not.toEqual([]);
});

for (const fence of inTurn) {
  const { path, line, language, words } = fence;
  it.skipIf(words.includes('unchecked'))(
    `${path}, line ${line}, holds as it stands (${[language, ...words].join(' ')})`,
    () => prove(fence),
  );
}

async function prove(fence: Fence): Promise<void> {
  switch (fence.language) {
    case 'ts':
    case 'tsx':
      expect(typeErrors.split('\n').filter((error) => error.includes(`${nameOf(fence)}.ts`))).toEqual([]);
      if (fence.words.includes('token')) token = (await run(fence, 'console.log(token)')).trim();
      if (fence.words.includes('run')) await run(fence);
      if (fence.words.includes('playwright')) await runInPlaywright(fence);
      return;
    case 'js':
      expect(fence.words, 'Mark it as `run`, or as `unchecked`.').toContain('run');
      return void (await run(fence));
    case 'html':
      expect(fence.words, 'Mark it as a `page`, or as `unchecked`.').toContain('page');
      return showsAnOffer(fence);
    case 'sh':
      for (const command of commandsOf(fence)) expect(isKnown(command), command).toBe(true);
      if (fence.words.includes('run')) await execute('sh', ['-ec', fence.code]);
      return;
    case 'json':
      return void JSON.parse(fence.code);
    default:
      throw new Error(
        `No test runs "${fence.language}". Mark the fence in line ${fence.line} of ${fence.path} as \`unchecked\`.`,
      );
  }
}

async function showsAnOffer({ code }: Fence): Promise<void> {
  const { page, complaints } = await app.open(asHere(code));
  await page.getByRole('region').or(page.getByRole('dialog')).first().waitFor();
  expect(await page.locator('upgrade-offer:not(:defined)').count()).toBe(0);
  expect(complaints).toEqual([]);
  await page.close();
}

/** @returns what it printed. */
async function run(fence: Fence, then = ''): Promise<string> {
  if (fence.words.includes('accepted')) await app.accept(...CUSTOMER);
  const { code } = await transformWithOxc(`${fence.given}\n${asHere(fence.code)}\n${then}`, 'fence.ts');
  const script = join(folder, `${nameOf(fence)}.mjs`);
  await writeFile(script, code);
  return execute(process.execPath, [script]);
}

/** The customer is one of its own. */
async function runInPlaywright(fence: Fence): Promise<void> {
  const { page } = await app.open(
    `<upgrade-offer feature="advanced-analytics" token="${await app.tokenOf('cus_e2e', 'sub_e2e')}">
      <p slot="unlocked">The report</p>
    </upgrade-offer>
    <script type="module" src="/upgrade-offer/upgrade-offer.js"></script>`,
  );
  await page.close();
  const config = join(folder, 'playwright.config.mjs');
  const settings = {
    testMatch: `${nameOf(fence)}.ts`,
    reporter: 'line',
    use: { baseURL: app.url, launchOptions: await chromiumLaunchOptions() },
    timeout: 90_000,
    expect: { timeout: 60_000 },
  };
  await writeFile(config, `export default ${JSON.stringify(settings)};`);
  await execute(process.execPath, [resolve('node_modules/playwright/cli.js'), 'test', '--config', config]);
}

/** `@playwright/test` is another name of `playwright/test`, which is here. */
async function providePlaywright(): Promise<void> {
  await provide('playwright');
  const target = join(installed.proxyFolder, 'node_modules/@playwright/test');
  await mkdir(target, { recursive: true });
  await writeFile(join(target, 'package.json'), JSON.stringify({ type: 'module', exports: './index.js' }));
  for (const file of ['index.js', 'index.d.ts'])
    await writeFile(join(target, file), "export * from 'playwright/test';");
}

async function typeCheck(typed: readonly Fence[]): Promise<string> {
  await mkdir(folder);
  await providePlaywright();
  for (const fence of typed) {
    for (const name of importsOf(fence)) await provide(name);
    await writeFile(join(folder, `${nameOf(fence)}.${fence.language}`), `${fence.given}\n${fence.code}\nexport {};\n`);
  }
  for (const name of ['@types/node', 'react']) await provide(name);
  const compilerOptions = {
    strict: true,
    noEmit: true,
    types: ['node'],
    target: 'es2023',
    module: 'nodenext',
    jsx: 'react-jsx',
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  return execute(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder]).catch(String);
}

/** The other parts of the reader's app, for which ours stand in. */
async function provide(name: string): Promise<void> {
  for (const each of [name, `@types/${name}`]) {
    const target = join(installed.proxyFolder, 'node_modules', each);
    if (existsSync(target) || !existsSync(join('node_modules', each))) continue;
    await mkdir(dirname(target), { recursive: true });
    await symlink(resolve('node_modules', each), target);
  }
}

function importsOf({ given, code }: Fence): string[] {
  const imports = `${given}\n${code}`.matchAll(/(?:from|import\()\s*'((?:@[^/']+\/)?[^/'.:]+)/g);
  return [...imports].flatMap(([, name]) => name ?? []);
}

/** Replaces the example address and token, which do not exist. */
function asHere(code: string): string {
  return code.replaceAll('https://app.example', app.url).replaceAll('eyJ...', token);
}

function nameOf({ path, line }: Fence): string {
  return `${path.replace(/\W/g, '-')}-${line}`;
}

function commandsOf({ code }: Fence): string[] {
  return code
    .replace(/(^|\s)#.*$/gm, '')
    .split(/\n|&&/)
    .map((command) => command.trim())
    .filter(Boolean);
}

async function namedInHelp(): Promise<string[]> {
  const { out } = await runCommand(installed.pageFolder, ['--help']);
  return [...out.matchAll(/^ {2}(\w+) /gm)].flatMap(([, name]) => name ?? []);
}

function isKnown(command: string): boolean {
  const [, script] = /^npm (?:run )?(start|test|(?<=run )\S+)/.exec(command) ?? [];
  if (script) return Object.hasOwn(manifest.scripts, script);
  const [, ours] = /^(?:npx (?:-p \S+ )*)?upgrade-offer (\S+)/.exec(command) ?? [];
  if (ours) return commands.includes(ours);
  const [, tested] = /^npx vitest run --project \w+ (\S+)$/.exec(command) ?? [];
  if (tested) return existsSync(tested);
  const [, source] = /^cp (\S+)/.exec(command) ?? [];
  return source
    ? existsSync(source) || existsSync(join(installed.proxyFolder, source))
    : /^npm (ci|i|install)\b/.test(command);
}

function execute(file: string, parameters: readonly string[]): Promise<string> {
  const env = { PATH: process.env['PATH'], ...app.settings };
  return new Promise((done, failed) => {
    execFile(file, parameters, { cwd: installed.proxyFolder, env }, (error, stdout, stderr) =>
      error ? failed(new Error(`${stdout}${stderr}`, { cause: error })) : done(stdout),
    );
  });
}
