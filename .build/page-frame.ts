/**
 * What all pages of the sample app share, added at build time: styles, navigation, who is signed in, and the timeline. A
 * page's own file holds only what is special to that page.
 */
import type { HtmlTagDescriptor, Plugin } from 'vite';
import { users } from '../demo/app/backend/users.js';

const PAGES = [
  { path: '/app/index.html', href: './', name: 'Overview' },
  { path: '/app/analytics.html', href: 'analytics.html', name: 'Analytics' },
  { path: '/app/storage.html', href: 'storage.html', name: 'Storage' },
];

const STYLES = ['app', 'demo-bar', 'shell', 'parts', 'timeline', 'entries'];

export const pageFrame: Plugin = {
  name: 'sample-app-frame',
  transformIndexHtml: {
    // Runs before the build collects styles and scripts, so that it finds those added here.
    order: 'pre',
    handler: (_html, { path }) =>
      path.startsWith('/app/')
        ? [
            ...head(),
            { tag: 'nav', attrs: { id: 'demo', 'aria-label': 'Demo' }, children: demo(path), injectTo: 'body-prepend' },
            { tag: 'header', attrs: { class: 'shell' }, children: header(path), injectTo: 'body-prepend' },
            { tag: 'footer', children: FOOTER, injectTo: 'body' },
            {
              tag: 'aside',
              attrs: { class: 'timeline', id: 'timeline', 'aria-labelledby': 'timeline-title' },
              children: TIMELINE,
              injectTo: 'body',
            },
          ]
        : [],
  },
};

function head(): HtmlTagDescriptor[] {
  return [
    { tag: 'meta', attrs: { charset: 'utf-8' } },
    { tag: 'meta', attrs: { name: 'viewport', content: 'width=device-width, initial-scale=1' } },
    // Chargebee's pages lead back to the page that a customer came from, not only to its origin.
    { tag: 'meta', attrs: { name: 'referrer', content: 'no-referrer-when-downgrade' } },
    { tag: 'link', attrs: { rel: 'icon', href: './halyard.svg' } },
    ...STYLES.map((name) => ({ tag: 'link', attrs: { rel: 'stylesheet', href: `./styles/${name}.css` } })),
    { tag: 'script', attrs: { type: 'module', src: './demo-bar.ts' } },
    { tag: 'script', attrs: { type: 'module', src: './timeline/panel.ts' } },
    { tag: 'script', attrs: { type: 'module', src: './funnel/tracking.ts' } },
  ];
}

function header(path: string): string {
  const link = (page: (typeof PAGES)[number]) =>
    `<a href="${page.href}"${page.path === path ? ' aria-current="page"' : ''}>${page.name}</a>`;
  return `
    <a class="brand" href="./">Halyard</a>
    <nav aria-label="Halyard">${PAGES.map(link).join('')}</nav>
    <section class="account" id="account" aria-label="Signed in as">
      <p id="plan"></p>
      ${Object.values(users).map(personButton).join('')}
      <p class="person" id="guest" hidden>Guest <small></small></p>
      <p class="trouble" role="status"></p>
    </section>`;
}

function personButton({ id, firstName, workspace }: (typeof users)[keyof typeof users]): string {
  return `<button type="button" class="person" value="${id}" aria-pressed="false">${firstName} <small>${workspace}</small></button>`;
}

/** `demo-bar.ts` makes it work. */
function demo(path: string): string {
  const isFunnel = path === '/app/funnel.html';
  return `
  <a class="wordmark" href="/index.html"><code>upgrade-offer</code></a>
  <a href="/index.html">Gallery</a>
  <a href="/theme.html">Theme</a>
  <a href="/content.html">Content</a>
  <a href="./"${isFunnel ? '' : ' aria-current="true"'}>Sample app</a>
  <a href="./funnel.html"${isFunnel ? ' aria-current="page"' : ''}>Funnel</a>
  <a href="/app/records" target="_blank">Sandbox</a>
  <button type="button">Reset</button>`;
}

const FOOTER = `
  <p>
    Halyard is the sample app of <code>upgrade-offer</code>. Its Chargebee is a
    <a href="/app/records" target="_blank">sandbox</a> on your machine.
  </p>`;

/** `timeline/panel.ts` fills it. On a narrow screen it is a bar at the bottom that opens. */
const TIMELINE = `
  <header>
    <h2 id="timeline-title">Timeline</h2>
    <p class="latest" aria-hidden="true"></p>
    <button type="button" class="clearer" disabled>Clear</button>
    <button type="button" class="opener" aria-expanded="false" aria-controls="timeline-entries">
      <span class="unseen">Show the timeline</span>
    </button>
  </header>
  <ol id="timeline-entries" tabindex="0" aria-label="What happened, oldest first"></ol>`;
