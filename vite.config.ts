import { playwright } from '@vitest/browser-playwright';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
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
  'outbox-retries',
  'reconcile',
  'webhooks',
];
/** Two processes can share a server, but not a file. */
const ON_POSTGRES_ONLY = ['two-instances'];

const proxyTests = (names: readonly string[]) => names.map((name) => `test/proxy/${name}.test.ts`);

/**
 * Makes the widget smaller without touching what it does: the preload helper is for pages that list their chunks in the
 * head, and the minifier does not look into CSS that stands in a template literal.
 */
const leanWidget: Plugin = {
  name: 'lean-widget',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'widget',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
  transform: (code, id) =>
    /\/widget\/styles\//.test(id)
      ? { code: code.replace(/\/\*[^]*?\*\//g, '').replace(/\s+/g, ' '), map: null }
      : undefined,
};

/** `npm run build` makes three things: the widget for browsers, the pages of the demo, and what runs in Node. */
export default defineConfig({
  root: here('demo'),
  base: './',
  plugins: [leanWidget],
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
          output: {
            entryFileNames: '[name].js',
            chunkFileNames: '[name]-[hash].js',
            // Lazy chunks import from the core, never from the entry: a page may load that one under two addresses.
            codeSplitting: { groups: [{ name: 'core', test: /\/widget\/upgrade-offer\.ts$/ }] },
            minify: true,
          },
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
          exclude: proxyTests(ON_POSTGRES_ONLY),
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
                include: proxyTests([...ON_BOTH_STORES, ...ON_POSTGRES_ONLY]),
                globalSetup: ['test/support/build.ts', 'test/support/postgres.ts'],
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
          // They share one sandbox, and its faults are everybody's.
          fileParallelism: false,
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
