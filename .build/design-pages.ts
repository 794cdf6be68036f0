/**
 * Builds the pages for designers. They also work when opened from the disk. Browsers load no modules there, so each page has
 * one classic script.
 */
import { fileURLToPath } from 'node:url';
import type { EnvironmentOptions, Plugin } from 'vite';
import { inOneScript } from './one-script.js';

const PAGES = ['index', 'state', 'theme', 'content', 'preview'];

const PREFIX = 'design_';

/** How Vite writes the script tag of a page. */
const MODULE = 'type="module" crossorigin';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One environment for each page, because two pages cannot share a classic script. */
export const designPages: Record<string, EnvironmentOptions> = Object.fromEntries(
  PAGES.map((page) => [PREFIX + page, designPage(page)]),
);

/** Vite writes module scripts with `crossorigin`, which needs headers that files on a disk do not have. */
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
      // With split CSS, Vite would write the style sheets into the classic script.
      cssCodeSplit: false,
      rolldownOptions: { input: here(`../demo/${page}.html`), ...inOneScript(`assets/${page}-[hash].js`) },
    },
  };
}
