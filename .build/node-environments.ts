/** What is built for Node: the proxy, the sandbox and the demo, which are packed, and the commands of a clone, which are not. */
import type { EnvironmentOptions } from 'vite';

/** The host installs the driver that its DATABASE_URL needs: libsql is native, and pg is the host's choice of version. */
const DRIVERS = ['libsql', 'pg'];

/** All other libraries are bundled, each in a file with its own name, so that a stack trace shows whose code failed. */
const LIBRARIES = {
  debugName: 'libraries',
  test: /node_modules/,
  name: (id: string) => `libraries/${/.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1]?.replace('/', '-')}`,
};

export function nodeEnvironments(here: (path: string) => string) {
  return {
    node: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        ssr: true,
        license: { fileName: 'licenses.md' },
        target: 'node20.19',
        outDir: here('dist'),
        emptyOutDir: false,
        sourcemap: true,
        rolldownOptions: {
          input: {
            'upgrade-offer': here('demo/bin.ts'),
            'proxy/index': here('proxy/run/server.ts'),
            'proxy/next': here('proxy/run/next.ts'),
            'proxy/cli': here('proxy/run/cli.ts'),
            'sandbox/index': here('demo/sandbox/sandbox.ts'),
            'sandbox/handler': here('demo/sandbox/handler.ts'),
            'sandbox/cli': here('demo/sandbox/cli.ts'),
            'demo/cli': here('demo/cli.ts'),
          },
          external: DRIVERS,
          output: {
            chunkFileNames: 'node/[name].js',
            // The maps of our own files have them, and those of libraries would be a fifteenth of the package.
            comments: { jsdoc: false },
            codeSplitting: { groups: [LIBRARIES] },
          },
        },
      },
    },
    // For Cloudflare Workers: one module that contains everything and can be deployed as it is.
    worker: {
      consumer: 'server',
      resolve: { noExternal: true, conditions: ['workerd', 'worker', 'browser', 'import'] },
      build: {
        ssr: true,
        target: 'es2022',
        outDir: here('dist/worker'),
        sourcemap: true,
        rolldownOptions: {
          input: { index: here('proxy/run/worker.ts') },
          external: [/^node:/],
          output: { codeSplitting: false, minify: true },
        },
      },
    },
    // Not packed: the commands of a clone.
    measures: {
      consumer: 'server',
      build: {
        ssr: true,
        target: 'node20.19',
        outDir: here('dist/test'),
        sourcemap: true,
        rolldownOptions: {
          input: {
            size: here('test/measures/size.ts'),
            bench: here('test/measures/bench.ts'),
            floors: here('test/measures/floors.ts'),
            upstream: here('test/measures/upstream.ts'),
            pictures: here('test/measures/pictures.ts'),
            walk: here('test/measures/walk/walk.ts'),
            busy: here('test/measures/busy.ts'),
            docs: here('.build/docs/docs.ts'),
          },
          output: { chunkFileNames: '[name].js' },
        },
      },
    },
  } satisfies Record<string, EnvironmentOptions>;
}
