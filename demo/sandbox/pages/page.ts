/** The HTML document around each page of the sandbox. It loads nothing from elsewhere. */
import { html, raw } from 'hono/html';
import type { Site } from '../site.js';
import { PAGE_SCRIPT } from './page-script.js';
import { PAGE_STYLES } from './page-styles.js';

export type Html = ReturnType<typeof html>;

export interface PageModel {
  readonly title: string;
  /** The page that the navigation marks as current. Without it there is no navigation. */
  readonly path?: string;
  readonly site?: Pick<Site, 'name' | 'demoUrl'>;
  /** What was wrong with a submitted form. */
  readonly mistakes?: readonly string[] | undefined;
  readonly body: Html;
}

export const PATHS = {
  records: '/sandbox',
  plays: '/sandbox/pages/plays',
  faults: '/sandbox/pages/faults',
  webhooks: '/sandbox/pages/webhooks',
  landing: '/sandbox/pages/landing',
  reset: '/sandbox/pages/reset',
} as const;

const LINKS = [
  [PATHS.records, 'Log'],
  [PATHS.plays, 'Plays'],
  [PATHS.faults, 'Faults and limits'],
  [PATHS.webhooks, 'Webhooks'],
  [PATHS.landing, 'Upgrade page'],
] as const;

export function page({ title, path, site, mistakes = [], body }: PageModel): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(PAGE_STYLES)}
        </style>
      </head>
      <body>
        ${path === undefined ? '' : banner(path, site)}
        <main>${mistakes.length > 0 ? alert(mistakes) : ''} ${body}</main>
        <script>
          ${raw(PAGE_SCRIPT)};
        </script>
      </body>
    </html>`;
}

function banner(path: string, site?: PageModel['site']) {
  return html`<header class="banner">
    ${
      site?.demoUrl
        ? html`<nav aria-label="Demo" class="home">
            <a href="${site.demoUrl}/"><code>upgrade-offer</code></a>
            <a href="${site.demoUrl}/app/">Sample app</a>
          </nav>`
        : ''
    }
    <strong class="wordmark">Sandbox <span class="quiet">${site?.name}</span></strong>
    <nav aria-label="Sandbox">
      ${LINKS.map(
        ([href, label]) => html`<a href="${href}" ${href === path ? raw('aria-current="page"') : ''}>${label}</a>`,
      )}
    </nav>
    <form method="post" action="${PATHS.reset}"><button>Reset</button></form>
  </header>`;
}

function alert(mistakes: readonly string[]) {
  return html`<div class="alert" role="alert">
    <strong>Nothing was changed.</strong>
    <ul>
      ${mistakes.map((mistake) => html`<li>${mistake}</li>`)}
    </ul>
  </div>`;
}
