/** The tests that start real processes run what `npm run build` makes, so it is made anew before them. */
import { createBuilder } from 'vite';

export async function setup(): Promise<void> {
  const builder = await createBuilder({ logLevel: 'warn', mode: 'production' });
  await builder.buildApp();
}
