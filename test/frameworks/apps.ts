/** The frameworks, each with what its app needs from Vite, and the build of all apps. */
import vue from '@vitejs/plugin-vue';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { build, type UserConfig } from 'vite';
import solid from 'vite-plugin-solid';

type AppConfig = Pick<UserConfig, 'oxc' | 'plugins'> & { readonly alias?: Readonly<Record<string, string>> };

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const isCustomElement = (tag: string) => tag === 'upgrade-offer';

const APPS: Readonly<Record<string, AppConfig>> = {
  'react-19': {},
  // npm installs this version under another name, beside the other one.
  'react-18': { alias: { react: 'react-18', 'react-dom': 'react-dom-18' } },
  preact: {},
  vue: { plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] },
  svelte: { plugins: [svelte({ configFile: false })] },
  solid: { plugins: [solid()] },
  angular: { oxc: { decorator: { legacy: true } } },
};

export const FRAMEWORKS = Object.keys(APPS);

/** Builds each app into its own folder in `target`. */
export async function buildApps(target: string): Promise<void> {
  const before = process.env['NODE_ENV'];
  // React's strict mode runs effects twice in development builds only.
  process.env['NODE_ENV'] = 'development';
  await Promise.all(Object.entries(APPS).map(([name, app]) => buildApp(name, app, target)));
  process.env['NODE_ENV'] = before;
}

async function buildApp(name: string, { alias, ...config }: AppConfig, target: string): Promise<void> {
  await build({
    ...config,
    configFile: false,
    root: here(name),
    base: './',
    mode: 'development',
    logLevel: 'error',
    resolve: { alias: { ...alias, 'upgrade-offer/define': here('../../dist/widget/upgrade-offer.js') } },
    build: {
      outDir: `${target}/${name}`,
      emptyOutDir: true,
      minify: false,
      reportCompressedSize: false,
      target: 'es2022',
    },
  });
}
