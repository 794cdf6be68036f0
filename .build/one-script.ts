/** Builds for pages without modules: one classic script, which is loaded with `defer`. */
import type { Plugin } from 'vite';

/** Vite's helper preloads the chunks of a module. A classic script has none, and no `import.meta.url` to find them by. */
export const noPreload: Plugin = {
  name: 'no-preload',
  enforce: 'pre',
  applyToEnvironment: ({ config }) => [config.build.rolldownOptions.output].flat().some((to) => to?.format === 'iife'),
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
};

export function inOneScript(entryFileNames: string) {
  return {
    // The element calls the proxy that served its script. The script's address is known only while the script first runs.
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
