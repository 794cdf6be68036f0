import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { acceptanceChunk } from './.build/acceptance-chunk.js';
import { buildApp } from './.build/build-app.js';
import { classicPage, designPages } from './.build/design-pages.js';
import { nodeEnvironments } from './.build/node-environments.js';
import { noSchemas } from './.build/no-schemas.js';
import { inOneScript, noPreload } from './.build/one-script.js';
import { ownLit } from './.build/own-lit.js';
import { pageFrame } from './.build/page-frame.js';
import { isRare, rareChunks } from './.build/rare-chunks.js';
import { reactPage } from './.build/react-page.js';
import { serverOfNext } from './.build/server-of-next.js';
import { engineProjects } from './test/support/engines.js';
import { PATIENT } from './test/support/patient.js';
import { findPostgres } from './test/support/postgres.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const ON_BOTH_STORES = [
  'acceptance',
  'billing-webhook',
  'call-budget',
  'caps',
  'caps-of-a-month',
  'delivery',
  'entitlements',
  'fulfillments',
  'growth-webhook',
  'last-known',
  'newer-version',
  'odd-text',
  'of-customer',
  'offers',
  'outbox',
  'reconcile',
  'retention',
  'same-id',
  'store-commands',
  'subscription-status',
  'widget-files',
  'usage-alerts',
];
/** Two processes can share a server, but not a file; and a file does not restart. */
const ON_POSTGRES_ONLY = ['database-away', 'soak', 'two-instances'];

const proxyTests = (names: readonly string[]) => names.map((name) => `test/proxy/*/${name}.test.ts`);

/** The files of a project share their modules, which keep nothing: to load them for each file took a third of the processor time. */
const SHARED_MODULES = { isolate: false } as const;

/** An app with the packages of its framework, also where the registry or the machine is slow. */
const INSTALLED_WITHIN_MS = 900_000;

/** A server that renders a page imports the widget too, and must neither fail nor be changed by it. */
const INERT_IN_NODE = 'const{HTMLElement=class{},document={createTreeWalker(){}}}=globalThis;';

/** Everything but the types: the widget for browsers, the pages of the demo, what runs in Node, and what measures them. */
export default defineConfig({
  root: here('demo'),
  // A cache in demo/ would make the sources there look new.
  cacheDir: here('node_modules/.vite'),
  base: './',
  plugins: [ownLit, noSchemas, rareChunks, classicPage, noPreload, pageFrame, serverOfNext],
  // The sheets keep their own minimum: light-dark() (Chrome 123, Firefox 120, Safari 17.5) is not written out for older ones.
  build: {
    target: 'es2022',
    cssTarget: 'esnext',
    emptyOutDir: true,
    reportCompressedSize: false,
    // On each build it says where the time goes, in the first lines that a newcomer sees.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  builder: {
    buildApp: (builder) => buildApp(builder, here),
  },
  environments: {
    widget: {
      consumer: 'client',
      build: {
        outDir: here('dist/widget'),
        // The maps lie beside the files; their names in each file would be an eighth of a kilobyte on a page.
        sourcemap: 'hidden',
        license: { fileName: 'licenses.md' },
        manifest: true,
        // Before Rolldown's minifier, which inlines no function that is called once: a fifth of a kilobyte on a page.
        minify: 'terser',
        terserOptions: {
          module: true,
          ecma: 2020,
          compress: { passes: 2, hoist_funs: true, keep_fargs: false },
          // Lit's private names, which no other chunk and no other copy of Lit reads.
          mangle: { properties: { regex: /^_\$/ } },
        },
        // One file holds all that a page needs until an offer can be acted on. Chunks import from it by its one address.
        lib: {
          entry: {
            'upgrade-offer': here('widget/define.ts'),
            // By itself: no page loads it for the element.
            analytics: here('widget/analytics/analytics.ts'),
          },
          formats: ['es'],
        },
        rolldownOptions: {
          preserveEntrySignatures: 'allow-extension',
          output: {
            entryFileNames: '[name].js',
            chunkFileNames: ({ name }) => (isRare(name) ? '[name].js' : '[name]-[hash].js'),
            codeSplitting: acceptanceChunk,
            minify: true,
            // Hints for a bundler, which a browser would load: `licenses.md` has the licences.
            comments: false,
          },
        },
      },
    },
    // For apps that import the package: with `define` and without, over the same element, or over its flow alone.
    library: {
      consumer: 'client',
      build: {
        outDir: here('dist/library'),
        lib: {
          entry: {
            index: here('widget/index.ts'),
            define: here('widget/define.ts'),
            'define-in-node': here('widget/define-in-node.ts'),
            headless: here('widget/headless/headless.ts'),
            analytics: here('widget/analytics/analytics.ts'),
            react: here('widget/headless/react.ts'),
          },
          formats: ['es'],
        },
        rolldownOptions: {
          external: ['react'],
          output: {
            entryFileNames: '[name].js',
            chunkFileNames: '[name]-[hash].js',
            banner: ({ name }) => (name === 'widget' ? INERT_IN_NODE : ''),
            minify: true,
          },
        },
      },
    },
    // For pages without modules: one script, with `defer`. Its map would be a sixteenth of the package; the modules have theirs.
    classic: {
      consumer: 'client',
      build: {
        outDir: here('dist/widget'),
        emptyOutDir: false,
        modulePreload: false,
        rolldownOptions: {
          input: { 'upgrade-offer.classic': here('widget/define.ts') },
          ...inOneScript('[name].js'),
        },
      },
    },
    client: {
      build: {
        outDir: here('dist/demo/pages'),
        rolldownOptions: {
          input: ['index', 'analytics', 'storage', 'upgrade', 'thanks', 'funnel'].map((page) =>
            here(`demo/app/${page}.html`),
          ),
        },
      },
    },
    reactPage,
    ...designPages,
    ...nodeEnvironments(here),
  },
  test: {
    // They wait for browsers and servers more than they compute.
    maxWorkers: 3,
    // For the browsers and servers to close.
    teardownTimeout: 60_000,
    projects: [
      {
        root: here('.'),
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          globalSetup: ['test/support/build.ts', 'test/package/installed.ts'],
          ...PATIENT,
        },
      },
      {
        root: here('.'),
        test: {
          name: 'node',
          include: ['test/{build,proxy,sandbox,demo,host-pages,frameworks}/**/*.test.ts'],
          exclude: proxyTests(ON_POSTGRES_ONLY),
          globalSetup: ['test/support/build.ts'],
          // Vitest empties style sheets in Node. The theme editor reads the tokens from theirs.
          css: { include: [/tokens\.css/] },
          ...SHARED_MODULES,
          ...PATIENT,
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
                ...SHARED_MODULES,
                ...PATIENT,
              },
            },
          ]
        : []),
      ...(await engineProjects()),
      // They need the npm registry, and minutes: `npm run test:hosts`.
      ...(process.env['HOSTS']
        ? [
            {
              root: here('.'),
              test: {
                name: 'hosts',
                include: ['test/hosts/*.test.ts'],
                globalSetup: ['test/support/build.ts', 'test/hosts/packed.ts'],
                ...PATIENT,
                hookTimeout: INSTALLED_WITHIN_MS,
              },
            },
          ]
        : []),
    ],
  },
});
