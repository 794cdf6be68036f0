/** The frame of the sandbox's own pages: one document, one small stylesheet, light and dark, nothing loaded from outside. */
import { html, raw } from 'hono/html';

type Html = ReturnType<typeof html>;

export function page(title: string, body: Html, styles = ''): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(STYLES + styles)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html>`;
}

const STYLES = `
  :root {
    color-scheme: light dark;
    --paper: light-dark(#fcfbf9, #17181a);
    --ink: light-dark(#22211f, #e9e7e2);
    --quiet: light-dark(#66635d, #a19d95);
    --line: light-dark(#e4e1db, #303236);
    --good: light-dark(#1a6b3c, #7fd19e);
    --bad: light-dark(#a3341f, #f09a86);
    --mono: ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, monospace;
    font: 1rem/1.55 system-ui, sans-serif;
    color: var(--ink);
    background: var(--paper);
  }
  body { max-inline-size: 62rem; margin: 0 auto; padding: 3rem 1.5rem 5rem; }
  h1, h2, p, ol, dl, dd { margin: 0; padding: 0; }
  h1 { font-size: 1.5rem; font-weight: 650; letter-spacing: -0.015em; line-height: 1.25; }
  h2 { margin-block: 3rem 0.75rem; font-size: 1rem; font-weight: 650; }
  code { font-family: var(--mono); font-size: 0.875em; }
  a { color: inherit; text-decoration-color: var(--quiet); text-underline-offset: 0.2em; }
  a:hover { text-decoration-color: currentColor; }
  :focus-visible { outline: 2px solid currentColor; outline-offset: 2px; border-radius: 2px; }
  button, input { font: inherit; color: inherit; padding: 0.35rem 0.75rem; border: 1px solid var(--quiet); border-radius: 6px; background: transparent; }
  button { cursor: pointer; }
  button.primary { border-color: var(--ink); color: var(--paper); background: var(--ink); }
  .lead { max-inline-size: 68ch; margin-block-start: 1rem; }
  .quiet { color: var(--quiet); }
`;
