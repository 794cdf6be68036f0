import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadWidget } from './widget-files.js';

/** @param folder where `npm run build` put the widget. */
export function widgetFolder(folder: string): ReadWidget {
  return (name) =>
    readFile(join(folder, name)).then(
      (file) => new Uint8Array(file),
      () => undefined,
    );
}
