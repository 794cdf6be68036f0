/**
 * `npm run build:types`: one declaration file for each export of the package, from those that the compiler has written.
 * They carry the types of the libraries that come with it; of Hono they name the host's own, or `app.route` refuses ours.
 */
import { defineConfig } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const declarations = 'dist/declarations';

export default defineConfig({
  input: {
    'widget/index': `${declarations}/widget/index.d.ts`,
    proxy: `${declarations}/proxy/run/server.d.ts`,
    worker: `${declarations}/proxy/run/worker.d.ts`,
    sandbox: `${declarations}/demo/sandbox/sandbox.d.ts`,
  },
  external: [/^hono/],
  plugins: [dts({ dtsInput: true, emitDtsOnly: true, tsconfig: false })],
  output: { dir: 'dist/types', cleanDir: true, chunkFileNames: '[name].d.ts' },
});
