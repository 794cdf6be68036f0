/** Gives Lit (3.3) what the widget has of its own. Each entry says when it can go. */
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

interface Replacement {
  /** The end of the path of Lit's file. */
  readonly file: string;
  readonly lits: RegExp;
  /** The widget's module, and what stands in place of Lit's code. `MODULE` is where it is. */
  readonly module: string;
  readonly before?: string;
  readonly own: string;
}

const REPLACEMENTS: readonly Replacement[] = [
  {
    // Lit creates a Trusted Types policy named "lit-html". If the page uses Lit too, that name is already taken, and a page's
    // Content-Security-Policy allows each name only once unless it says 'allow-duplicates'. This can go when Lit accepts a
    // policy as an option.
    file: '/lit-html/lit-html.js',
    lits: /\w+\?\w+\.createPolicy\("lit-html",\{createHTML:\w+=>\w+\}\):void 0/,
    module: '../widget/view/trusted-types.ts',
    before: 'import { htmlPolicy } from MODULE;\n',
    own: 'htmlPolicy',
  },
  {
    // A quarter of a kilobyte on each page, for browsers without shared style sheets: none runs the widget. This can go when Lit
    // leaves them out.
    file: '/@lit/reactive-element/reactive-element.js',
    lits: /import\{getCompatibleStyle as (\w+),adoptStyles as (\w+)\}from"\.\/css-tag\.js";export\{[\w,]+\}from"\.\/css-tag\.js";/,
    module: '../widget/view/style-sheets.ts',
    own: 'import { getCompatibleStyle as $1, adoptStyles as $2 } from MODULE;',
  },
];

export const ownLit: Plugin = {
  name: 'own-lit',
  applyToEnvironment: ({ name }) => ['widget', 'library', 'classic'].includes(name),
  transform(code, id) {
    const replacement = REPLACEMENTS.find(({ file }) => id.endsWith(file));
    if (!replacement) return undefined;
    const { file, lits, module, before = '', own } = replacement;
    if (!lits.test(code)) {
      this.error(
        `Failed to change ${file}: this version of Lit says it in another way. Change .build/own-lit.ts to match it.`,
      );
    }
    const path = JSON.stringify(fileURLToPath(new URL(module, import.meta.url)));
    return { code: (before + code.replace(lits, own)).replace('MODULE', path), map: null };
  },
};
