/**
 * The Chromium for tests and screenshots: $CHROMIUM_BIN, else an installed one, else the one in the npm package
 * @sparticuz/chromium (Linux x64), else Playwright's own. So `npm install && npm test` needs only Node.
 */
import { existsSync } from 'node:fs';
import { arch, platform } from 'node:os';
import type { LaunchOptions } from 'playwright';
import { STARTS_WITHIN_MS } from './patient.js';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'];

/** Chromium counts only the last `--disable-features`. These are Playwright's, from its `chromiumSwitches.ts`, without Edge's. */
const WITHOUT_BY_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'BlockOriginHeaderModificationOnRedirect',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'Translate',
  'AutoDeElevate',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
];

/**
 * Two pages of the address bar, which Chromium 156 loads for each window although a headless browser shows none: half of the
 * processor time of a new context. They can go from here when Playwright leaves them out.
 */
const ADDRESS_BAR_PAGES = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

/** Root needs no-sandbox; the rest keeps the browser off the internet, and its windows cheap. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${[...WITHOUT_BY_PLAYWRIGHT, ...ADDRESS_BAR_PAGES].join(',')}`,
];

export async function chromiumLaunchOptions(): Promise<LaunchOptions> {
  return { ...(await executable()), args: ARGS, timeout: STARTS_WITHIN_MS };
}

async function executable(): Promise<LaunchOptions> {
  const installed = [process.env['CHROMIUM_BIN'], ...INSTALLED].find((path) => path && existsSync(path));
  if (installed) return { executablePath: installed };
  return platform() === 'linux' && arch() === 'x64' ? packed() : {};
}

async function packed(): Promise<LaunchOptions> {
  const libraryPath = process.env['LD_LIBRARY_PATH'];
  // The package unpacks libraries that a bare machine lacks (nss, nspr, expat) only when it detects AWS Lambda.
  if (!existsSync('/usr/lib/x86_64-linux-gnu/libnss3.so')) process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs20.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  const executablePath = await chromium.executablePath();
  const env = { ...process.env } as Record<string, string>;
  if (libraryPath === undefined) delete process.env['LD_LIBRARY_PATH'];
  else process.env['LD_LIBRARY_PATH'] = libraryPath;
  return { executablePath, env };
}
