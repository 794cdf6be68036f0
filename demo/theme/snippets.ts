/** Code to copy into an app: the theme as CSS, and the element for each framework. */
import { designTokens } from './design-tokens.js';
import { exportCss, type Theme, type Writing } from './theme.js';

export const SNIPPET_NAMES = ['CSS', 'HTML', 'React', 'Vue', 'Svelte', 'Angular', 'Design tokens'] as const;
export type SnippetName = (typeof SNIPPET_NAMES)[number];

export interface Snippet {
  /** The file that it belongs in. */
  readonly file: string;
  readonly code: string;
}

const SCRIPT = 'https://app.example/upgrade-offer/upgrade-offer.js';

/** Whether the code contains the theme as CSS. */
export function hasTheme(name: SnippetName): boolean {
  return name !== 'React' && name !== 'Design tokens';
}

export function snippet(name: SnippetName, theme: Theme, writing: Writing): Snippet {
  const css = exportCss(theme, writing);
  switch (name) {
    case 'CSS':
      return { file: 'upgrade-offer.css', code: css };
    case 'HTML':
      return { file: 'index.html', code: plainHtml(css) };
    case 'React':
      return { file: 'Upgrade.tsx', code: REACT };
    case 'Vue':
      return { file: 'Upgrade.vue', code: vue(css) };
    case 'Svelte':
      return { file: 'Upgrade.svelte', code: svelte(css) };
    case 'Angular':
      return { file: 'upgrade.component.ts', code: angular(css) };
    case 'Design tokens':
      return { file: 'upgrade-offer.tokens.json', code: designTokens(theme) };
  }
}

function plainHtml(css: string): string {
  return `<style>
${indent(css)}
  upgrade-offer:not(:defined) {
    display: none; /* until the script has loaded */
  }
</style>

<upgrade-offer feature="advanced-analytics" token="eyJ...">
  <my-analytics slot="unlocked"></my-analytics>
</upgrade-offer>

<script type="module" src="${SCRIPT}"></script>
`;
}

const REACT = `import 'upgrade-offer/define';
import 'upgrade-offer/react'; // its types
import './upgrade-offer.css'; // the tab "CSS"

export function Upgrade({ token }: { token: string }) {
  return (
    <upgrade-offer feature="advanced-analytics" token={token}>
      <div slot="unlocked">
        <Analytics />
      </div>
    </upgrade-offer>
  );
}
`;

function vue(css: string): string {
  return `<script setup>
import 'upgrade-offer/define';
// vite.config.js: vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'upgrade-offer' } } })
defineProps({ token: String });
</script>

<template>
  <upgrade-offer feature="advanced-analytics" :token="token">
    <div slot="unlocked"><Analytics /></div>
  </upgrade-offer>
</template>

<style>
${css}</style>
`;
}

function svelte(css: string): string {
  return `<script>
  import 'upgrade-offer/define';
  let { token } = $props();
</script>

<upgrade-offer feature="advanced-analytics" {token}>
  <div slot="unlocked"><Analytics /></div>
</upgrade-offer>

<style>
${indent(css.replaceAll(/^(.*upgrade-offer)(?=,| \{)/gm, ':global($1)'))}
</style>
`;
}

function angular(css: string): string {
  return `import { Component, CUSTOM_ELEMENTS_SCHEMA, input } from '@angular/core';
import 'upgrade-offer/define';

@Component({
  selector: 'app-upgrade',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: \`
    <upgrade-offer feature="advanced-analytics" [token]="token()">
      <app-analytics slot="unlocked" />
    </upgrade-offer>
  \`,
  styles: \`
${indent(css, '    ')}
  \`,
})
export class UpgradeComponent {
  readonly token = input.required<string>();
}
`;
}

function indent(text: string, by = '  '): string {
  return text.trimEnd().replace(/^(?=.)/gm, by);
}
