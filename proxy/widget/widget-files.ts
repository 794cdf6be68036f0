/**
 * Serves the built widget, so that one deployment ships both sides in matching versions, and the chunks of other versions for
 * as long as pages may ask for them: an open page of yesterday, or one that got its script from another instance while a
 * deployment is under way. Chunks are in the store rather than in the package, because the package cannot hold those of
 * the next version, and in the store each instance finds what any other one serves.
 *
 * The script itself has no hash in its name. One with a hash behind a small stable script would cost each first visit a
 * second request after the first. It is read whole from one version, and asks for the chunks of that version by their hashes.
 */
import { hash } from 'node:crypto';
import { WIDGET_CHUNK_MAX_AGE_SECONDS, WIDGET_ENTRY_MAX_AGE_SECONDS } from '../constants.js';
import type { Log } from '../log.js';
import type { KeptFiles } from './kept-files.js';

type Bytes = Uint8Array<ArrayBuffer>;

export type Coding = 'br' | 'gzip';

export interface WidgetFile {
  readonly body: Bytes;
  /** Of the body as it is sent: each coding of a file has its own. */
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What describes the body only. */
  readonly bodyHeaders: Readonly<Record<string, string>>;
}

/** Reads a file of the built widget. `name` is one path segment of word characters, dots and dashes. */
export type ReadWidget = (name: string) => Promise<Bytes | undefined>;

interface WidgetFilesOptions {
  readonly read: ReadWidget;
  readonly kept: KeptFiles;
  readonly log: Log;
}

const ENTRY = 'upgrade-offer.js';

const HASHED = /-[\w-]{8}\.js(\.map)?$/;

/** How a script of the widget names a chunk with a hash. */
const IMPORTED = /(?<=["'`]\.\/)[\w.-]+-[\w-]{8}\.js(?=["'`])/g;

export function createWidgetFiles({ read, kept, log }: WidgetFilesOptions) {
  /**
   * @param name matches nothing but what `ReadWidget` takes; the route sees to it.
   * @param codings what the client can decode, the best one first.
   */
  async function find(name: string, codings: readonly Coding[] = []): Promise<WidgetFile | undefined> {
    const compressed = codings.includes('br') ? await read(`${name}.br`) : undefined;
    if (compressed) return fileOf(name, compressed, 'br');
    const body = (await read(name)) ?? (isChunk(name) ? encoded(await kept.find(name)) : undefined);
    if (!body) return undefined;
    // Few ask for it: browsers take br, at least over https, and chunks of other versions are asked for by open pages only.
    return codings.includes('gzip') ? fileOf(name, await gzipped(body), 'gzip') : fileOf(name, body);
  }

  /** Puts the chunks of this version into the store, before anybody gets the script that asks for them. */
  async function keep(): Promise<void> {
    try {
      await kept.keep(await chunksFrom(ENTRY));
    } catch (error) {
      // Without it this version works. Only a page that outlives it may have to be reloaded.
      log.warn(
        { err: error },
        'Failed to keep the chunks of the widget for open pages; the proxy tries again in an hour.',
      );
    }
  }

  /** A version that runs for longer than old chunks are kept is current all the time. */
  async function removeOld(): Promise<void> {
    await keep();
    await kept.removeOld();
  }

  /** All chunks with a hash that a script leads to. */
  async function chunksFrom(entry: string): Promise<ReadonlyMap<string, string>> {
    const chunks = new Map<string, string>();
    const names = [entry];
    for (const name of names) {
      const file = await read(name);
      if (file === undefined) continue;
      const body = new TextDecoder().decode(file);
      if (name !== entry) chunks.set(name, body);
      names.push(...(body.match(IMPORTED) ?? []).filter((found) => !names.includes(found)));
    }
    return chunks;
  }

  return { find, keep, removeOld };
}

/** Nobody needs the source map of a version that is no longer deployed. */
function isChunk(name: string): boolean {
  return HASHED.test(name) && !name.endsWith('.map');
}

function encoded(text: string | undefined): Bytes | undefined {
  return text === undefined ? undefined : new TextEncoder().encode(text);
}

async function gzipped(body: Bytes): Promise<Bytes> {
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function fileOf(name: string, body: Bytes, coding?: Coding): WidgetFile {
  return {
    body,
    etag: `"${hash('sha256', body, 'base64url').slice(0, 22)}"`,
    headers: {
      // Browsers load a module script of another origin with CORS; the file holds nothing secret.
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': HASHED.test(name)
        ? `public, max-age=${WIDGET_CHUNK_MAX_AGE_SECONDS}, immutable`
        : `public, max-age=${WIDGET_ENTRY_MAX_AGE_SECONDS}`,
      Vary: 'Accept-Encoding',
    },
    bodyHeaders: {
      'Content-Type': name.endsWith('.map') ? 'application/json' : 'text/javascript; charset=utf-8',
      ...(coding && { 'Content-Encoding': coding }),
    },
  };
}
