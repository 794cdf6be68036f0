/** The tests that start real processes run what `npm run build` makes, so it is made anew before them. */
import { createBuilder } from 'vite';

export async function setup(): Promise<void> {
  // Vitest sets it to "test", and the widget would be built with Lit's development version.
  process.env['NODE_ENV'] = 'production';
  const builder = await createBuilder({ logLevel: 'warn', mode: 'production' });
  await builder.buildApp();
}
