/** Serves the built widget, so that one deployment ships both sides in matching versions. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WIDGET_CHUNK_MAX_AGE_SECONDS, WIDGET_ENTRY_MAX_AGE_SECONDS } from '../constants.js';

export interface WidgetFile {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const HASHED = /-[\w-]{8}\.js(\.map)?$/;

/**
 * @param folder where `npm run build` put the widget.
 * @returns a reader of one file. Its `name` must be one path segment of word characters, dots and dashes; the route
 * matches nothing else.
 */
export function createWidgetFile(folder: string) {
  return async function widgetFile(name: string): Promise<WidgetFile | undefined> {
    const body = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    return body === undefined ? undefined : { body, headers: widgetHeaders(name) };
  };
}

export function widgetHeaders(name: string): WidgetFile['headers'] {
  return {
    // Browsers load a module script of another origin with CORS; the file holds nothing secret.
    'Access-Control-Allow-Origin': '*',
    'Content-Type': name.endsWith('.map') ? 'application/json' : 'text/javascript; charset=utf-8',
    'Cache-Control': HASHED.test(name)
      ? `public, max-age=${WIDGET_CHUNK_MAX_AGE_SECONDS}, immutable`
      : `public, max-age=${WIDGET_ENTRY_MAX_AGE_SECONDS}`,
  };
}
