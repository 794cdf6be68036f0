/**
 * `npm run build:types`: bundles the compiler's declarations into one file for each export of the package. The types of
 * bundled libraries are included. Hono's are imported from the host's Hono, because its `app.route` accepts no other.
 */
import { defineConfig } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const declarations = 'dist/declarations';

export default defineConfig({
  input: {
    'widget/index': `${declarations}/widget/index.d.ts`,
    'widget/headless': `${declarations}/widget/headless/headless.d.ts`,
    proxy: `${declarations}/proxy/run/server.d.ts`,
    worker: `${declarations}/proxy/run/worker.d.ts`,
    sandbox: `${declarations}/demo/sandbox/sandbox.d.ts`,
  },
  external: [/^hono/],
  plugins: [dts({ dtsInput: true, emitDtsOnly: true, tsconfig: false })],
  output: { dir: 'dist/types', cleanDir: true, chunkFileNames: '[name].d.ts' },
});
