// @ts-check
/**
 * `npm run build:types`: bundles the compiler's declarations into one file for each export of the package. The types of
 * bundled libraries are included. Hono's are imported from the host's Hono, because its `app.route` accepts no other.
 * A host without Hono compiles, too: `HostApp` says what it gets. Plain JavaScript, because Rolldown writes a compiled copy of a
 * TypeScript configuration beside it, and a change in `.build/` makes `dist/` look out of date.
 */
import { defineConfig } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const declarations = 'dist/declarations';
const HONO_IMPORT = /^import .* from "hono.*";$/gm;

export default defineConfig({
  input: {
    'widget/index': `${declarations}/widget/index.d.ts`,
    'widget/analytics': `${declarations}/widget/analytics/analytics.d.ts`,
    'widget/headless': `${declarations}/widget/headless/headless.d.ts`,
    proxy: `${declarations}/proxy/run/server.d.ts`,
    next: `${declarations}/proxy/run/next.d.ts`,
    worker: `${declarations}/proxy/run/worker.d.ts`,
    sandbox: `${declarations}/demo/sandbox/sandbox.d.ts`,
  },
  external: [/^hono/],
  plugins: [
    dts({ dtsInput: true, emitDtsOnly: true, tsconfig: false }),
    {
      // In the sources the comment would silence our own compiler, and the bundler drops it.
      name: 'hono-may-be-missing',
      generateBundle(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === 'chunk')
            file.code = file.code.replaceAll(HONO_IMPORT, '// @ts-ignore Hono is optional.\n$&');
        }
      },
    },
  ],
  output: { dir: 'dist/types', cleanDir: true, chunkFileNames: '[name].d.ts' },
});
