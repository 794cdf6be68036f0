/** The handlers for Next import the server by its name in the package: their own path means nothing in what Next bundles. */
import type { Plugin } from 'vite';

export const serverOfNext: Plugin = {
  name: 'server-of-next',
  // Before Vite finds the file.
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'node',
  resolveId: (source, importer) =>
    source === './server.js' && importer?.endsWith('/proxy/run/next.ts')
      ? { id: 'upgrade-offer/proxy', external: true }
      : undefined,
};
