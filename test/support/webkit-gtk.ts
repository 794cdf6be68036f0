/**
 * WebKitGTK as a vitest browser, which vitest does not support by itself: Debian's `webkit2gtk-driver` over plain
 * WebDriver, on a virtual screen (`xvfb`) when there is none. `webkit-gtk-locators.ts` is the part in the page.
 */
import { defineBrowserProvider } from '@vitest/browser';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserProvider, BrowserProviderOption, TestProject } from 'vitest/node';
import { keyPresses } from './key-presses.js';
import { STARTS_WITHIN_MS } from './patient.js';

const MINI_BROWSER = process.env['WEBKIT_BIN'] ?? '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/** The keys that WebDriver has code points for; any other key is sent as its character. */
const KEYS: Record<string, string> = {
  ArrowDown: '\uE015',
  ArrowUp: '\uE013',
  Enter: '\uE007',
  Escape: '\uE00C',
  End: '\uE010',
  Shift: '\uE008',
  Tab: '\uE004',
};

export function webkitGtk(): BrowserProviderOption {
  return defineBrowserProvider({
    name: 'webkit-gtk',
    supportedBrowser: ['webkit'],
    options: {},
    providerFactory: (project) => new WebKitGtk(project),
  });
}

class WebKitGtk implements BrowserProvider {
  readonly name = 'webkit-gtk';
  readonly supportsParallelism = false;
  readonly initScripts = [fileURLToPath(new URL('webkit-gtk-locators.ts', import.meta.url))];
  readonly #processes: ChildProcess[] = [];
  #session: Promise<string> | undefined;

  constructor(project: TestProject) {
    project.browser?.registerCommand('clickAt', (_context, x, y, times) => this.#clickAt(x, y, times));
    project.browser?.registerCommand('__vitest_keyboard', (_context, text) => this.#type(text));
    project.browser?.registerCommand('__vitest_tab', async (_context, { shift }) => {
      await this.#type(shift ? '{Shift>}{Tab}{/Shift}' : '{Tab}');
    });
    project.browser?.registerCommand('__vitest_cleanup', async () => {});
    // The window is larger than any viewport in the tests.
    project.browser?.registerCommand('__vitest_viewport', async () => {});
  }

  getCommandsContext(): Record<string, unknown> {
    return {};
  }

  async openPage(_sessionId: string, url: string): Promise<void> {
    this.#session ??= this.#start();
    await this.#post('url', { url });
  }

  async close(): Promise<void> {
    const session = await this.#session?.catch(() => undefined);
    if (session) await fetch(session, { method: 'DELETE' }).catch(() => undefined);
    for (const process of this.#processes.toReversed()) process.kill();
  }

  async #clickAt(x: number, y: number, times: number): Promise<void> {
    const press = [
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    const presses = Array.from({ length: times }, () => press).flat();
    const move = { type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y), origin: 'viewport' };
    await this.#post('actions', { actions: [{ type: 'pointer', id: 'mouse', actions: [move, ...presses] }] });
  }

  async #type(text: string): Promise<{ unreleased: string[] }> {
    const actions = keyPresses(text).flatMap(({ key, isPressed, isReleased }) => {
      const value = KEYS[key] ?? key;
      return [...(isPressed ? [{ type: 'keyDown', value }] : []), ...(isReleased ? [{ type: 'keyUp', value }] : [])];
    });
    await this.#post('actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
    return { unreleased: [] };
  }

  async #post(path: string, body: object): Promise<unknown> {
    return post(`${await this.#session}/${path}`, body);
  }

  async #start(): Promise<string> {
    const env = { ...process.env, ...(hasScreen() ? {} : { DISPLAY: await this.#startScreen() }) };
    const port = await freePort();
    this.#processes.push(spawn('WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore' }));
    const driver = `http://127.0.0.1:${port}`;
    await isUp(driver);
    const browser = { binary: MINI_BROWSER, args: ['--automation'] };
    const session = await post(`${driver}/session`, {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': browser } },
    });
    return `${driver}/session/${sessionId(session)}`;
  }

  /** @returns the number of the display. */
  async #startScreen(): Promise<string> {
    const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#processes.push(screen);
    const [display] = await once(screen.stdout, 'data');
    return `:${String(display).trim()}`;
  }
}

function hasScreen(): boolean {
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (typeof address !== 'object' || !address)
    throw new Error('Failed to find a free port: the server has no address.');
  return address.port;
}

async function isUp(driver: string): Promise<void> {
  const giveUpAt = Date.now() + STARTS_WITHIN_MS;
  while (!(await fetch(`${driver}/status`).catch(() => undefined))) {
    if (Date.now() > giveUpAt)
      throw new Error('Failed to start WebKitWebDriver: no answer. Install webkit2gtk-driver.');
    await sleep(50);
  }
}

async function post(url: string, body: object): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`Failed to drive WebKitGTK (${url}): ${JSON.stringify(answer)}.`);
  return answer;
}

function sessionId(answer: unknown): string {
  const { value } = answer as { value: { sessionId: string } };
  return value.sessionId;
}
