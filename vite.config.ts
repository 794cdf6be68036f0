import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { classicPage, designPages, inOneScript, isOfDesign } from './demo/design-pages.js';
import { engineProjects } from './test/support/engines.js';
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
  'retention',
  'webhooks',
];
/** Two processes can share a server, but not a file. */
const ON_POSTGRES_ONLY = ['two-instances'];

const proxyTests = (names: readonly string[]) => names.map((name) => `test/proxy/${name}.test.ts`);

const isOfWidget = ({ name }: { readonly name: string }) => name === 'widget' || name === 'classic';

/** A server that renders a page imports the widget too, and must neither fail nor be changed by it. */
const INERT_IN_NODE = 'const{HTMLElement=class{},document={createTreeWalker(){}}}=globalThis;';

const LITS_POLICY = /\w+\?\w+\.createPolicy\("lit-html",\{createHTML:\w+=>\w+\}\):void 0/;

/**
 * Makes the widget smaller without touching what it does: the preload helper is for pages that list their chunks in the
 * head, and the minifier does not look into CSS that stands in a template literal.
 */
const leanWidget: Plugin = {
  name: 'lean-widget',
  enforce: 'pre',
  applyToEnvironment: (environment) => isOfWidget(environment) || isOfDesign(environment),
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
  transform: (code, id) =>
    /\/widget\/styles\//.test(id)
      ? {
          code: code
            .replace(/\/\*[^]*?\*\//g, '')
            .replace(/\s+/g, ' ')
            .replace(/(?<=[{};,(]) | (?=[{};,)])/g, ''),
          map: null,
        }
      : undefined,
};

/** What the classic script leaves to chunks that few visitors load. It names them, so their names carry no hash. */
const APART = ['purifier', 'dictionaries', 'mock'];

const chunksApart: Plugin = {
  name: 'chunks-apart',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'classic',
  resolveId(source) {
    const name = APART.find((apart) => source === `./${apart}.js`);
    return name ? { id: `./${name}.js`, external: 'absolute' } : undefined;
  },
};

/** Lit makes its Trusted Types policy under a name that the Lit of a page may have taken. It gets the widget's. */
const ownPolicy: Plugin = {
  name: 'own-policy',
  applyToEnvironment: isOfWidget,
  transform(code, id) {
    if (!id.endsWith('/lit-html/lit-html.js')) return undefined;
    const parts = code.split(LITS_POLICY);
    if (parts.length !== 2) {
      this.error(
        'Failed to give Lit our policy: it makes its own in another way now. Mend LITS_POLICY in vite.config.ts.',
      );
    }
    const policy = JSON.stringify(here('widget/html-policy.ts'));
    return { code: `import { htmlPolicy } from ${policy};\n${parts.join('htmlPolicy')}`, map: null };
  },
};

/** `npm run build` makes three things: the widget for browsers, the pages of the demo, and what runs in Node. */
export default defineConfig({
  root: here('demo'),
  base: './',
  plugins: [leanWidget, ownPolicy, chunksApart, classicPage],
  build: { target: 'es2022', emptyOutDir: true, reportCompressedSize: false },
  builder: {
    async buildApp(builder) {
      const environments = Object.values(builder.environments);
      const isLate = (environment: { name: string }) => environment.name === 'classic' || isOfDesign(environment);
      const build = (some: typeof environments) => Promise.all(some.map((environment) => builder.build(environment)));
      await build(environments.filter((environment) => !isLate(environment)));
      // Into folders that the others have emptied.
      await build(environments.filter(isLate));
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
            chunkFileNames: ({ name }) => (APART.includes(name) ? '[name].js' : '[name]-[hash].js'),
            // Lazy chunks import from the core, never from the entry: a page may load that one under two addresses.
            codeSplitting: { groups: [{ name: 'core', test: /\/widget\/upgrade-offer\.ts$/ }] },
            banner: ({ name }) => (name === 'core' ? INERT_IN_NODE : ''),
            minify: true,
          },
        },
      },
    },
    // For pages without modules: one script, with `defer`.
    classic: {
      consumer: 'client',
      build: {
        outDir: here('dist/widget'),
        emptyOutDir: false,
        sourcemap: true,
        rolldownOptions: {
          input: { 'upgrade-offer.classic': here('widget/index.ts') },
          ...inOneScript('[name].js'),
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
    ...designPages,
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
            'test/bench': here('test/bench/bench.ts'),
            'test/floors': here('test/bench/floors.ts'),
            'test/upstream': here('test/bench/upstream.ts'),
            'test/pictures': here('test/pictures.ts'),
          },
          output: { chunkFileNames: 'node/[name].js' },
        },
      },
    },
    // For Cloudflare Workers: one module with everything in it, ready to be deployed.
    worker: {
      consumer: 'server',
      resolve: { noExternal: true, conditions: ['workerd', 'worker', 'browser', 'import'] },
      build: {
        ssr: true,
        target: 'es2022',
        outDir: here('dist/worker'),
        sourcemap: true,
        rolldownOptions: {
          input: { index: here('proxy/worker.ts') },
          external: [/^node:/],
          output: { codeSplitting: false },
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
          include: ['test/{proxy,sandbox,demo,widget-pages}/**/*.test.ts'],
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
      ...(await engineProjects()),
    ],
  },
});
