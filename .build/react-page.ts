/**
 * Builds the page of the sample app that draws the offer in React, by itself: `files` in package.json leaves it out of the package,
 * where React would take 70 kB, more than the limit of the tarball has left. `npm start` in a clone has it.
 */
import { fileURLToPath } from 'node:url';
import type { EnvironmentOptions } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export const reactPage: EnvironmentOptions = {
  consumer: 'client',
  build: {
    outDir: here('../dist/demo/pages'),
    emptyOutDir: false,
    assetsDir: 'assets/react',
    rolldownOptions: { input: here('../demo/app/react.html') },
  },
};
