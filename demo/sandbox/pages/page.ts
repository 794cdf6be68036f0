/** The HTML document around each page of the sandbox. It loads nothing from elsewhere. */
import { html, raw } from 'hono/html';
import { PAGE_SCRIPT } from './page-script.js';
import { PAGE_STYLES } from './page-styles.js';

export type Html = ReturnType<typeof html>;

export interface PageModel {
  readonly title: string;
  /** The page that the navigation marks as current. Without it there is no navigation. */
  readonly path?: string;
  readonly site?: string;
  /** What was wrong with a submitted form. */
  readonly mistakes?: readonly string[] | undefined;
  readonly body: Html;
}

export const PATHS = {
  records: '/sandbox',
  plays: '/sandbox/pages/plays',
  faults: '/sandbox/pages/faults',
  webhooks: '/sandbox/pages/webhooks',
} as const;

const LINKS = [
  [PATHS.records, 'Records'],
  [PATHS.plays, 'Plays'],
  [PATHS.faults, 'Faults and limits'],
  [PATHS.webhooks, 'Webhooks'],
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

function banner(path: string, site = '') {
  return html`<header class="banner">
    <strong class="wordmark">Sandbox <span class="quiet">${site}</span></strong>
    <nav aria-label="Sandbox">
      ${LINKS.map(
        ([href, label]) => html`<a href="${href}" ${href === path ? raw('aria-current="page"') : ''}>${label}</a>`,
      )}
    </nav>
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
