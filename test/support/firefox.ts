/** Debian's Firefox, which Playwright drives over WebDriver BiDi. */
import { playwright } from '@vitest/browser-playwright';
import { existsSync } from 'node:fs';
import type { LaunchOptions } from 'playwright';
import type { BrowserProviderOption } from 'vitest/node';
import { keyPresses } from './key-presses.js';
import { STARTS_WITHIN_MS } from './patient.js';

const INSTALLED = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** Undefined where it is not installed. */
export function firefoxLaunchOptions(): LaunchOptions | undefined {
  const executablePath = [process.env['FIREFOX_BIN'], ...INSTALLED].find((path) => path && existsSync(path));
  if (!executablePath) return undefined;
  return {
    channel: 'moz-firefox',
    executablePath,
    timeout: STARTS_WITHIN_MS,
    // As for customers, and unlike Playwright's default, it blocks windows that no click has opened.
    firefoxUserPrefs: { 'dom.disable_open_during_load': true },
  };
}

export function firefox(): BrowserProviderOption {
  const launchOptions = firefoxLaunchOptions();
  if (!launchOptions)
    throw new Error('Failed to find Firefox: not installed. Install firefox-esr, or set FIREFOX_BIN.');
  const option = playwright({ launchOptions });
  return {
    ...option,
    providerFactory(project) {
      const provider = option.providerFactory(project);
      // Vitest looks for the test's frame before each key press, and over BiDi it does not always find it.
      project.browser?.registerCommand('__vitest_keyboard', async ({ page: { keyboard } }, text) => {
        for (const { key, isPressed, isReleased } of keyPresses(text)) {
          if (isPressed) await keyboard.down(key);
          if (isReleased) await keyboard.up(key);
        }
        return { unreleased: [] };
      });
      return provider;
    },
  };
}
