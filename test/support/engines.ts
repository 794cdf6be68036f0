/**
 * The browser engines that the widget's tests run in: Chromium by default. `ENGINES=chromium,firefox,webkit` adds
 * Debian's Firefox (over WebDriver BiDi) and WebKitGTK.
 */
import { playwright } from '@vitest/browser-playwright';
import { fileURLToPath } from 'node:url';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { chromiumLaunchOptions } from './chromium.js';
import { firefox } from './firefox.js';
import { PATIENT } from './patient.js';
import { webkitGtk } from './webkit-gtk.js';

type Engine = keyof typeof PROVIDERS;

const PROVIDERS = {
  // As for customers, and unlike Playwright's default, it blocks windows that no click has opened.
  chromium: async () =>
    playwright({
      launchOptions: { ...(await chromiumLaunchOptions()), ignoreDefaultArgs: ['--disable-popup-blocking'] },
    }),
  firefox,
  webkit: webkitGtk,
};

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One test project for each chosen engine. */
export function engineProjects(
  asked = process.env['ENGINES'] ?? 'chromium',
): Promise<TestProjectInlineConfiguration[]> {
  return Promise.all(asked.split(',').map((name) => engineProject(engineNamed(name))));
}

async function engineProject(engine: Engine): Promise<TestProjectInlineConfiguration> {
  return {
    root: here('../..'),
    // One per engine, because engines would race for one cache.
    cacheDir: `node_modules/.vite-${engine}`,
    resolve: { alias: { '@web/test-runner-commands': here('web-test-runner-commands.ts') } },
    // All of them, because Vite reloads the page, in the middle of a test, when it finds one more.
    optimizeDeps: {
      include: [
        '@open-wc/testing/pure',
        '@vitest/browser/locators',
        'axe-core',
        'dompurify',
        'jose',
        '@lit/reactive-element',
        'lit',
        'lit/html.js',
        'react',
        'react-dom/client',
        'valibot',
      ],
    },
    test: {
      name: engine,
      include: ['test/widget/**/*.test.ts'],
      globalSetup: ['test/support/stack.ts'],
      setupFiles: ['test/support/browser.ts'],
      ...PATIENT,
      browser: {
        enabled: true,
        // The files share one sandbox, so one file's faults would affect the others. Not `test.fileParallelism`: with that,
        // Vitest begins with them only after all other projects.
        fileParallelism: false,
        connectTimeout: 120_000,
        headless: true,
        screenshotFailures: false,
        viewport: { width: 800, height: 700 },
        provider: await PROVIDERS[engine](),
        instances: [{ browser: engine }],
      },
    },
  };
}

function engineNamed(name: string): Engine {
  if (name === 'chromium' || name === 'firefox' || name === 'webkit') return name;
  throw new Error(`Failed to test in "${name}": no such engine. Set ENGINES to some of chromium,firefox,webkit.`);
}
