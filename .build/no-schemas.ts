/** Leaves the schemas of the Chargebee SDK (3.33) out, which check what is sent to Chargebee if an app turns that on. We do not. */
import type { Plugin } from 'vite';

/**
 * The SDK imports a schema by a name that it makes up at run time. Bundlers that bundle our files again look for such files,
 * and wrangler fails because there are none. This can go when the SDK imports them by their names.
 */
export const noSchemas: Plugin = {
  name: 'no-schemas',
  applyToEnvironment: ({ name }) => name === 'node' || name === 'worker',
  load: {
    filter: { id: /\/chargebee\/esm\/validationLoader\.js$/ },
    handler: () => 'export const getSchema = async () => null;',
  },
};
