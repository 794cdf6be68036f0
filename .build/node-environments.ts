/** What is built for Node: the proxy, the stand-in and the demo, which are packed; and what measures them, which is not. */
import type { EnvironmentOptions } from 'vite';

/** They are native, or the host's choice: the host installs the one that its DATABASE_URL needs. */
const DRIVERS = ['libsql', 'pg'];

/** The other libraries of the proxy come with it, each a file under its own name: a stack trace says whose code it was. */
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
            'proxy/cli': here('proxy/run/cli.ts'),
            'sandbox/index': here('demo/sandbox/sandbox.ts'),
            'sandbox/cli': here('demo/sandbox/cli.ts'),
            'demo/cli': here('demo/cli.ts'),
          },
          external: DRIVERS,
          output: {
            chunkFileNames: 'node/[name].js',
            codeSplitting: { groups: [LIBRARIES] },
          },
        },
      },
    },
    // For Cloudflare Workers: one module with everything in it, ready to be deployed.
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
    // Not packed: what the commands of a clone run.
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
