/**
 * Gives Lit the widget's Trusted Types policy. Lit (3.3) creates one named "lit-html". If the page uses Lit too, that name is
 * already taken, and a page's Content-Security-Policy allows each name only once unless it says 'allow-duplicates'. This
 * plugin can go when Lit accepts a policy as an option.
 */
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const LIT = '/lit-html/lit-html.js';
const LITS_POLICY = /\w+\?\w+\.createPolicy\("lit-html",\{createHTML:\w+=>\w+\}\):void 0/;
const POLICY = fileURLToPath(new URL('../widget/view/trusted-types.ts', import.meta.url));

export const ownPolicy: Plugin = {
  name: 'own-policy',
  applyToEnvironment: ({ name }) => ['widget', 'library', 'classic'].includes(name),
  transform(code, id) {
    if (!id.endsWith(LIT)) return undefined;
    const parts = code.split(LITS_POLICY);
    if (parts.length !== 2) {
      this.error(
        "Failed to give Lit the widget's Trusted Types policy: this version of Lit creates its own in another way. " +
          'Change LITS_POLICY in .build/own-policy.ts to match it.',
      );
    }
    return { code: `import { htmlPolicy } from ${JSON.stringify(POLICY)};\n${parts.join('htmlPolicy')}`, map: null };
  },
};
