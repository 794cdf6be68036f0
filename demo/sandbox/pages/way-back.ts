/**
 * Where the app is that a customer came from. Chargebee does not tell its pages, but the browser does: the address of the
 * page, or only its origin, as the app's Referrer-Policy has it.
 */
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Html } from './page.js';

/** What a form of these pages sent on, else what the browser says. Never a page of the sandbox itself. */
export function wayBack(c: Context): string | undefined {
  const back = webUrl(c.req.query('back') ?? c.req.header('referer'));
  return back && back.origin !== new URL(c.req.url).origin ? back.href : undefined;
}

export function backLink(back: string | undefined, label = 'Back to the app'): Html | '' {
  return back === undefined ? '' : html`<a href="${back}">${label}</a>`;
}

export function webUrl(text = ''): URL | undefined {
  return /^https?:/.test(text) && URL.canParse(text) ? new URL(text) : undefined;
}
