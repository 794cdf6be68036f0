import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from 'lightningcss';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { frame } from './demo/app/page-frame.js';
import { classicPage, designPages, inOneScript, isOfDesign, noPreload } from './.build/design-pages.js';
import { engineProjects } from './test/support/engines.js';
import { writeIntegrity } from './.build/integrity.js';
import { writeLlms } from './.build/llms.js';
import { nodeEnvironments } from './.build/node-environments.js';
import { PATIENT } from './test/support/patient.js';
import { findPostgres } from './test/support/postgres.js';
import { writeManifest } from './.build/manifest/write-manifest.js';

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

const proxyTests = (names: readonly string[]) => names.map((name) => `test/proxy/*/${name}.test.ts`);

const isOfWidget = ({ name }: { readonly name: string }) => name === 'widget' || name === 'classic';

/** A server that renders a page imports the widget too, and must neither fail nor be changed by it. */
const INERT_IN_NODE = 'const{HTMLElement=class{},document={createTreeWalker(){}}}=globalThis;';

const LITS_POLICY = /\w+\?\w+\.createPolicy\("lit-html",\{createHTML:\w+=>\w+\}\):void 0/;

/** The minifier does not look into CSS that stands in a template literal; and one without expressions needs no tag. */
const leanStyles: Plugin = {
  name: 'lean-styles',
  enforce: 'pre',
  applyToEnvironment: (environment) => isOfWidget(environment) || isOfDesign(environment),
  transform: (code, id) =>
    /\/widget\/(styles\/|upgrade-offer)/.test(id)
      ? {
          code: code
            .replace(/(import \{.*)\bcss\b/, '$1unsafeCSS')
            .replace(/\bcss(`[^`]*`)/g, (_, sheet) => `unsafeCSS(\`${minifiedCss(sheet.slice(1, -1), id)}\`)`),
          map: null,
        }
      : undefined,
};

function minifiedCss(sheet: string, filename: string): string {
  return transform({ filename, code: Buffer.from(sheet), minify: true }).code.toString();
}

/** What the classic script leaves to chunks that few visitors load. It names them, so their names carry no hash. */
const APART = ['purifier', 'dictionaries', 'mock'];

const chunksApart: Plugin = {
  name: 'chunks-apart',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'classic',
  // The helper is for pages that list their chunks in the head.
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
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

/** Everything but the types: the widget for browsers, the pages of the demo, what runs in Node, and what measures them. */
export default defineConfig({
  root: here('demo'),
  base: './',
  plugins: [leanStyles, ownPolicy, chunksApart, classicPage, noPreload, frame],
  build: { target: 'es2022', emptyOutDir: true, reportCompressedSize: false },
  builder: {
    async buildApp(builder) {
      // The node build shares its folder with the others, so it cannot empty it: what it no longer makes would be packed.
      await rm(here('dist/node'), { recursive: true, force: true });
      const environments = Object.values(builder.environments);
      const isLate = (environment: { name: string }) => environment.name === 'classic' || isOfDesign(environment);
      const build = (some: typeof environments) => Promise.all(some.map((environment) => builder.build(environment)));
      await build(environments.filter((environment) => !isLate(environment)));
      // Into folders that the others have emptied.
      await build(environments.filter(isLate));
      await writeIntegrity(here('dist/widget'), here('dist/integrity.json'));
      await writeManifest(here('.'));
      await writeLlms(here('README.md'), here('dist/llms.txt'));
    },
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
        // As a library: its chunks are not for the head of a page, which would have to know them.
        lib: { entry: { 'upgrade-offer': here('widget/define.ts'), index: here('widget/index.ts') }, formats: ['es'] },
        rolldownOptions: {
          output: {
            entryFileNames: '[name].js',
            chunkFileNames: ({ name }) => (APART.includes(name) ? '[name].js' : '[name]-[hash].js'),
            // Lazy chunks import from the core, never from the entry: a page may load that one under two addresses.
            codeSplitting: { groups: [{ name: 'core', test: /\/widget\/(upgrade-offer|index)\.ts$/ }] },
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
          input: ['index', 'analytics', 'storage', 'upgrade'].map((page) => here(`demo/app/${page}.html`)),
        },
      },
    },
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
          include: ['test/{proxy,sandbox,demo,host-pages,frameworks}/**/*.test.ts'],
          exclude: proxyTests(ON_POSTGRES_ONLY),
          globalSetup: ['test/support/build.ts'],
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
                ...PATIENT,
              },
            },
          ]
        : []),
      ...(await engineProjects()),
    ],
  },
});
