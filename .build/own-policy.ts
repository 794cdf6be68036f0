/**
 * Gives Lit the widget's Trusted Types policy. Lit creates its own under the name "lit-html", which the Lit of the page may
 * have taken: a second policy of the same name is an error where the page allows each name once. Can go when Lit takes a
 * policy as an option.
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
