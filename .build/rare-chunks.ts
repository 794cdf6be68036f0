/** What few visitors load: languages, DOMPurify, mocks, explanations. Each is a chunk with a name of its own. */
import type { Plugin } from 'vite';

/** The classic script holds everything but the rare chunks. It takes those from the module build, by names without a hash. */
export const rareChunks: Plugin = {
  name: 'rare-chunks',
  applyToEnvironment: ({ name }) => name === 'classic',
  resolveDynamicImport(specifier) {
    const name = typeof specifier === 'string' && /([\w-]+)\.js$/.exec(specifier)?.[1];
    return name && isRare(name) ? { id: `./${name}.js`, external: 'absolute' } : null;
  },
};

/** A rare chunk imports nothing of the entry, so that both scripts can share it. These two do. */
export function isRare(chunk: string): boolean {
  return chunk !== 'acceptance' && chunk !== 'gate';
}
