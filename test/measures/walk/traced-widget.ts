/** Builds the widget as the package ships it, with every function reporting when it is entered. */
import { resolve } from 'node:path';
import { createBuilder } from 'vite';
import { tracing } from './trace-entries.js';

/** @param folder where the scripts go. */
export async function buildTracedWidget(folder: string): Promise<void> {
  const builder = await createBuilder({
    configFile: resolve('vite.config.ts'),
    mode: 'production',
    logLevel: 'warn',
    plugins: [tracing(resolve('.'))],
    environments: { widget: { build: { outDir: folder, emptyOutDir: true } } },
  });
  const { widget } = builder.environments;
  if (!widget) throw new Error('Failed to build the widget: vite.config.ts has no environment "widget".');
  await builder.build(widget);
}
