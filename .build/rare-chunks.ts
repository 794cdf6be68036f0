/** What few visitors load: languages, DOMPurify, the corner, extras, mocks, explanations. Each is a chunk with a name of its own. */
import type { Plugin } from 'vite';

/** Where the builds that share the rare chunks of the page's script find them. */
const FOLDERS: Readonly<Record<string, string>> = { classic: './', library: '../widget/' };

/** The classic script and the library hold everything but the rare chunks. They take those by names without a hash. */
export const rareChunks: Plugin = {
  name: 'rare-chunks',
  applyToEnvironment: ({ name }) => name in FOLDERS,
  resolveDynamicImport(specifier) {
    const name = typeof specifier === 'string' && /([\w-]+)\.js$/.exec(specifier)?.[1];
    const folder = FOLDERS[this.environment.name];
    return name && folder && isRare(name) ? { id: `${folder}${name}.js`, external: 'absolute' } : null;
  },
};

/**
 * The languages have two letters, and may name a region or a form of address. A rare chunk imports nothing of the entry, so
 * that every build can share it.
 */
export function isRare(chunk: string): boolean {
  return /^(corner|deadline|details|extras|rows|media|meter|icons|mock|preview|explain|problem|ignored|defaults|debug-panel|purifier|[a-z]{2}(-BR|-x-du|-x-tu)?)$/.test(
    chunk,
  );
}
