/**
 * How the pages for designers are built. They need no server and open from a folder on a disk, too, where browsers load no
 * modules: each page has one classic script. Runs in the build only.
 */
import { fileURLToPath } from 'node:url';
import type { EnvironmentOptions, Plugin } from 'vite';
import { inOneScript } from './one-script.js';

const PAGES = ['index', 'frame', 'theme', 'content', 'preview'];

const PREFIX = 'design_';

/** As Vite writes a script of a page. */
const MODULE = 'type="module" crossorigin';

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
    handler(html, { filename }) {
      if (!PAGES.some((page) => filename === here(`../demo/${page}.html`))) return html;
      if (!html.includes(MODULE)) {
        throw new Error(
          `Failed to build ${filename}: Vite has written no \`${MODULE}\`. Change MODULE in .build/design-pages.ts to match it.`,
        );
      }
      return html.replaceAll(MODULE, 'defer').replaceAll(' crossorigin', '');
    },
  },
};

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
