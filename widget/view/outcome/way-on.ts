/** A button of an outcome that leads to another page, or the page's own element in its place. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { PARTS, words, type Press } from '../content.js';
import type { NoticeButton } from '../notice.js';

/** Undefined where it leads nowhere. */
export function wayOn({ kind, label, href, slot, action }: NoticeButton, press: Press): TemplateResult | undefined {
  if (slot) return html`<slot name=${slot}></slot>`;
  if (!href) return undefined;
  // The second click of a double click was meant for what was here before.
  const follow = (event: MouseEvent) => {
    if (event.detail > 1) event.preventDefault();
    else if (action && event.button < 2) press(action, event);
  };
  const target = href.startsWith(`${location.origin}/`) ? nothing : '_top';
  return html`<a href=${href} target=${target} part=${PARTS[kind]} dir="auto" @click=${follow} @auxclick=${follow}
    >${words(label)}</a
  >`;
}
