/** Serves the built widget, so that one deploy serves both and their versions fit. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WIDGET_CHUNK_MAX_AGE_SECONDS, WIDGET_ENTRY_MAX_AGE_SECONDS } from '../constants.js';

export interface WidgetFile {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The name is one path segment of word characters, dots and dashes: the route sees to that. */
const HASHED = /-[\w-]{8}\.js(\.map)?$/;

/** @param folder where `npm run build` put the widget. */
export function createWidgetFile(folder: string) {
  return async function widgetFile(name: string): Promise<WidgetFile | undefined> {
    const body = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    return body === undefined ? undefined : { body, headers: widgetHeaders(name) };
  };
}

export function widgetHeaders(name: string): WidgetFile['headers'] {
  return {
    // A script of another origin is loaded with CORS; it holds nothing that is not public.
    'Access-Control-Allow-Origin': '*',
    'Content-Type': name.endsWith('.map') ? 'application/json' : 'text/javascript; charset=utf-8',
    'Cache-Control': HASHED.test(name)
      ? `public, max-age=${WIDGET_CHUNK_MAX_AGE_SECONDS}, immutable`
      : `public, max-age=${WIDGET_ENTRY_MAX_AGE_SECONDS}`,
  };
}
