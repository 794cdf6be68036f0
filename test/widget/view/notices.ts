/** Every state that is shown, drawn by the widget's real views and sheets, without an offer being made for it. */
import { html, render } from 'lit';
import type { ShownState } from '../../../widget/flow/offer-state.js';
import type { Layout } from '../../../widget/flow/layout.js';
import { content } from '../../../widget/view/content.js';
import { layouts } from '../../../widget/view/layouts.js';
import { offerNotice, type Notice, type UndecidedState } from '../../../widget/view/notice.js';
import { outcome } from '../../../widget/view/outcome/outcome.js';
import type { WaysOn } from '../../../widget/view/outcome/ways-on.js';
import { lazySheet, wear } from '../../../widget/view/style-sheets.js';
import contentStyles from '../../../widget/view/styles/content.css?inline';
import tokens from '../../../widget/view/styles/tokens.css?inline';
import { languageOf, loadStrings } from '../../../widget/view/words/language.js';
import type { SpokenStrings } from '../../../widget/view/words/words.js';

export { LAYOUTS } from '../../../widget/flow/layout.js';

export interface Words {
  readonly title: string;
  readonly description: string;
  readonly options: readonly string[];
}

export const ENGLISH_OFFER: Words = {
  title: 'Unlock Advanced Analytics',
  description: 'See which teams use what, and where time goes. Reports for <b>every</b> workspace, with no limit.',
  options: ['Unlock now', 'Talk to sales'],
};

const away = { fulfillmentId: 'ful_1', url: 'https://app.example/upgrade' };
const colleagues = { fulfillmentId: 'ful_1', acceptedBefore: 'colleague' } as const;
const hostedPage = { id: 'hp_1', url: 'https://app.example/pay' };

/** Each state that is shown, named for what the customer is told. */
export function shownStates(words: Words = ENGLISH_OFFER): Record<string, ShownState> {
  const options = words.options.map((label, index) => ({
    id: `opt_${index}`,
    label,
    action: index === 0 ? ('billing' as const) : ('email' as const),
  }));
  const offer = { id: 'off_1', title: words.title, description: words.description, options, expiresAt: Infinity };
  const failed = (
    code: 'billing_failed' | 'checkout_abandoned' | 'app_failed' | 'expired' | 'internal' | 'unsupported',
  ) => ({ status: 'failed', fulfillmentId: 'ful_1', code, offer }) as const;
  return {
    offered: { status: 'offered', offer },
    accepting: { status: 'accepting', offer, optionId: 'opt_0' },
    interrupted: { status: 'interrupted', offer, optionId: 'opt_0' },
    'interrupted, until a reload': { status: 'interrupted', offer, optionId: 'opt_0', needsReload: true },
    gone: { status: 'gone', offer },
    pending: { status: 'pending', fulfillmentId: 'ful_1', pollAfterMs: 1_000, offer },
    overdue: { status: 'overdue', fulfillmentId: 'ful_1', offer },
    redirect: { status: 'redirect', ...away, offer },
    'redirect, resumed': { status: 'redirect', ...away, acceptedBefore: 'you', offer },
    checkout: { status: 'checkout', ...away, layout: 'full_page', hostedPage, offer },
    'elsewhere: e-mail': { status: 'elsewhere', fulfillmentId: 'ful_1', channel: 'email', offer },
    'elsewhere: webhook': { status: 'elsewhere', fulfillmentId: 'ful_1', channel: 'webhook', offer },
    completed: { status: 'completed', fulfillmentId: 'ful_1', offer },
    'pending, with a way on': { status: 'pending', pollAfterMs: 1_000, ...away, offer },
    'completed, with a way on': { status: 'completed', ...away, offer },
    'already accepted': { status: 'already_accepted', offer },
    'already accepted, by a colleague': { status: 'already_accepted', acceptedBefore: 'colleague', offer },
    'pending, for a colleague': { status: 'pending', ...colleagues, pollAfterMs: 1_000, offer },
    'completed, for a colleague': { status: 'completed', ...colleagues, offer },
    'redirect, of a colleague': { status: 'redirect', ...away, acceptedBefore: 'colleague', offer },
    'failed: billing': failed('billing_failed'),
    'failed: checkout': failed('checkout_abandoned'),
    'failed: app': failed('app_failed'),
    'failed: expired': failed('expired'),
    'failed: internal': failed('internal'),
    'failed: unsupported': failed('unsupported'),
  };
}

export function isUndecided(state: ShownState): state is UndecidedState {
  return state.status === 'offered' || state.status === 'accepting' || state.status === 'interrupted';
}

/** What the customer is told in a state, by the one of the widget's two functions that knows it. */
export function noticeOf(state: ShownState, strings: SpokenStrings, ways: WaysOn = {}): Notice {
  return isUndecided(state) ? offerNotice(state, strings) : outcome.outcomeNotice(state, strings, ways);
}

/** Draws one state at the end of `parent`. Its words are the test's own, so they are taken as they are. */
export async function drawNotice(
  layout: Layout,
  state: ShownState,
  parent: Element = document.body,
  ways: WaysOn = {},
): Promise<HTMLElement> {
  const host = document.createElement('div');
  parent.append(host);
  const root = host.attachShadow({ mode: 'open' });
  await layouts[layout].load?.();
  wear(root, [lazySheet(tokens), lazySheet(contentStyles), layouts[layout].styles, ...outcome.styles]);
  const strings = await loadStrings(languageOf(host));
  const notice = {
    ...noticeOf(state, strings, ways),
    ...(state.status === 'offered' && { ending: html`<p part="ending" dir="auto">Ends Friday</p>` }),
  };
  const written = {
    title: element('h2', 'title', notice.title),
    text:
      notice.message === undefined
        ? element('div', 'description', notice.description)
        : element('p', 'status', notice.message),
    subject: notice.message === undefined ? undefined : element('div', 'subject', notice.subject),
    actions: element('div', 'actions', ''),
  };
  const drawn = content(notice, written, (_, event) => event.preventDefault(), outcome.wayOn);
  const stay = () => {};
  render(layouts[layout].draw(drawn, strings.close, stay, stay), root);
  root.querySelector('dialog')?.showModal();
  if (layout === 'corner') layouts.corner.drawn?.(root.querySelector('section') ?? host);
  // As it is once it has arrived. What turns without an end goes on.
  for (const motion of root.getAnimations())
    if (motion.effect?.getComputedTiming().endTime !== Infinity) motion.finish();
  return host;
}

function element(name: string, part: string, html: string): HTMLElement {
  const made = document.createElement(name);
  Object.assign(made, { id: part, part, dir: 'auto', innerHTML: html });
  return made;
}
