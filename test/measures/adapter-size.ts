/** What `upgrade-offer/analytics` adds to a page: bundled with one adapter, as an app has it, and as the file of a script tag. */
import { brotliCompressSync } from 'node:zlib';
import { rolldown } from 'rolldown';

export interface AdapterSize {
  readonly what: string;
  readonly bytes: number;
  readonly limitBytes: number;
}

const LIBRARY = 'dist/library/analytics.js';
/** It has all adapters. */
const SCRIPT = 'dist/widget/analytics.js';

const ADAPTERS = ['dataLayer', 'gtag', 'segment', 'posthog'];

const ADAPTER_LIMIT_BYTES = 1_000;
const SCRIPT_LIMIT_BYTES = 1_100;

export async function adapterSizes(): Promise<AdapterSize[]> {
  const sizes = ADAPTERS.map(async (name) => ({
    what: `track and ${name}`,
    bytes: await bundledBytes(`export { track, ${name} } from './${LIBRARY}'`),
    limitBytes: ADAPTER_LIMIT_BYTES,
  }));
  const script = bundledBytes(`export * from './${SCRIPT}'`);
  return [
    ...(await Promise.all(sizes)),
    { what: 'analytics.js by a script tag', bytes: await script, limitBytes: SCRIPT_LIMIT_BYTES },
  ];
}

async function bundledBytes(code: string): Promise<number> {
  const bundle = await rolldown({
    input: 'page',
    plugins: [
      {
        name: 'page',
        resolveId: (id) => (id === 'page' ? `${process.cwd()}/page.js` : null),
        load: (id) => (id.endsWith('/page.js') ? code : null),
      },
    ],
  });
  const { output } = await bundle.generate({ minify: true, comments: false });
  await bundle.close();
  return output.reduce((sum, file) => sum + (file.type === 'chunk' ? brotliCompressSync(file.code).length : 0), 0);
}
