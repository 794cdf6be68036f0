/**
 * How the pages for designers are built. They need no server and open from a folder on a disk, too, where browsers load no
 * modules: each page has one classic script. Runs in the build only.
 */
import { fileURLToPath } from 'node:url';
import type { EnvironmentOptions, Plugin } from 'vite';

const PAGES = ['index', 'frame', 'theme', 'content', 'preview'];

const PREFIX = 'design_';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** An environment for each page, as one script cannot be shared by two. To be built after the folder has been emptied. */
export const designPages: Record<string, EnvironmentOptions> = Object.fromEntries(
  PAGES.map((page) => [PREFIX + page, designPage(page)]),
);

export function isOfDesign({ name }: { readonly name: string }): boolean {
  return name.startsWith(PREFIX);
}

/** Vite writes tags for modules, and asks for headers that a disk does not send. */
export const classicPage: Plugin = {
  name: 'classic-page',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { filename }) =>
      PAGES.some((page) => filename === here(`../demo/${page}.html`))
        ? html.replaceAll('type="module" crossorigin', 'defer').replaceAll(' crossorigin', '')
        : html,
  },
};

/** The helper is for the head of a page that lists chunks: there are none, and it asks for a module's own address. */
export const noPreload: Plugin = {
  name: 'no-preload',
  enforce: 'pre',
  applyToEnvironment: (environment) => environment.name === 'classic' || isOfDesign(environment),
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
};

/** For a script that is no module. */
export function inOneScript(entryFileNames: string) {
  return {
    // The element asks the proxy that its script came from; once the script has run, nobody knows any more.
    transform: { define: { 'import.meta.url': 'scriptUrl' } },
    output: {
      format: 'iife',
      intro: 'const scriptUrl = document.currentScript.src;',
      codeSplitting: false,
      entryFileNames,
      minify: true,
    },
  } as const;
}

function designPage(page: string): EnvironmentOptions {
  return {
    consumer: 'client',
    build: {
      outDir: here('../dist/demo/pages'),
      emptyOutDir: false,
      modulePreload: false,
      // Split, the sheets of a classic script would be written into it.
      cssCodeSplit: false,
      rolldownOptions: { input: here(`../demo/${page}.html`), ...inOneScript(`assets/${page}-[hash].js`) },
    },
  };
}
