import { playwright } from '@vitest/browser-playwright';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './test/support/chromium.js';
import { findPostgres } from './test/support/postgres.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const ON_BOTH_STORES = [
  'acceptance',
  'call-budget',
  'entitlements',
  'fulfillments',
  'offers',
  'outbox',
  'reconcile',
  'webhooks',
];

/** `npm run build` makes three things: the widget for browsers, the pages of the demo, and what runs in Node. */
export default defineConfig({
  root: here('demo'),
  base: './',
  build: { target: 'es2022', emptyOutDir: true, reportCompressedSize: false },
  builder: {
    async buildApp(builder) {
      await Promise.all(Object.values(builder.environments).map((environment) => builder.build(environment)));
    },
  },
  environments: {
    widget: {
      consumer: 'client',
      build: {
        outDir: here('dist/widget'),
        sourcemap: true,
        modulePreload: false,
        manifest: true,
        rolldownOptions: {
          input: { 'upgrade-offer': here('widget/index.ts') },
          preserveEntrySignatures: 'exports-only',
          output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', minify: true },
        },
      },
    },
    client: {
      build: {
        outDir: here('dist/demo/pages'),
        rolldownOptions: {
          input: ['index', 'analytics', 'storage', 'upgrade'].map((page) => here(`demo/app/${page}.html`)),
        },
      },
    },
    node: {
      consumer: 'server',
      build: {
        ssr: true,
        target: 'node20.19',
        outDir: here('dist'),
        emptyOutDir: false,
        sourcemap: true,
        rolldownOptions: {
          input: {
            'proxy/index': here('proxy/server.ts'),
            'proxy/cli': here('proxy/cli.ts'),
            'sandbox/index': here('demo/sandbox/sandbox.ts'),
            'sandbox/cli': here('demo/sandbox/cli.ts'),
            'demo/cli': here('demo/cli.ts'),
            'test/size': here('test/size.ts'),
            'test/pictures': here('test/pictures.ts'),
          },
          output: { chunkFileNames: 'node/[name].js' },
        },
      },
    },
  },
  test: {
    projects: [
      {
        root: here('.'),
        test: {
          name: 'node',
          include: ['test/{proxy,sandbox,demo}/**/*.test.ts'],
          globalSetup: ['test/support/build.ts'],
          testTimeout: 20_000,
        },
      },
      // The store's tests once more, where the machine has a PostgreSQL.
      ...(findPostgres()
        ? [
            {
              root: here('.'),
              test: {
                name: 'postgres',
                include: ON_BOTH_STORES.map((name) => `test/proxy/${name}.test.ts`),
                globalSetup: ['test/support/postgres.ts'],
                testTimeout: 20_000,
              },
            },
          ]
        : []),
      {
        root: here('.'),
        cacheDir: 'node_modules/.vite-chromium',
        resolve: { alias: { '@web/test-runner-commands': here('test/support/web-test-runner-commands.ts') } },
        optimizeDeps: { include: ['@open-wc/testing/pure', 'lit', 'valibot', 'jose', 'dompurify', 'axe-core'] },
        test: {
          name: 'chromium',
          include: ['test/widget/**/*.test.ts'],
          globalSetup: ['test/support/stack.ts'],
          setupFiles: ['test/support/browser.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport: { width: 800, height: 700 },
            provider: playwright({ launchOptions: await chromiumLaunchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
