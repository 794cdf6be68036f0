/** Every face of the widget, drawn by its real views and sheets, without an offer being made for it. */
import { adoptStyles, css, render } from 'lit';
import type { Layout } from '../../widget/attributes.js';
import type { ShownState } from '../../widget/offer-state.js';
import { languageOf, loadStrings } from '../../widget/strings.js';
import { contentStyles } from '../../widget/styles/content.js';
import { tokens } from '../../widget/styles/tokens.js';
import { banner } from '../../widget/views/banner.js';
import { face } from '../../widget/views/face.js';
import { inline } from '../../widget/views/inline.js';
import { interrupted, withWays } from '../../widget/views/interrupted.js';
import { offerContent, type Face } from '../../widget/views/offer-content.js';
import { modal } from '../../widget/views/modal.js';

export interface Words {
  readonly title: string;
  readonly description: string;
  readonly options: readonly string[];
}

const VIEWS = { inline, banner, modal };

export const FACE_LAYOUTS: readonly Layout[] = ['inline', 'banner', 'modal'];

export const ENGLISH_OFFER: Words = {
  title: 'Unlock Advanced Analytics',
  description: 'See which teams use what, and where time goes. Reports for <b>every</b> workspace, with no limit.',
  options: ['Unlock now', 'Talk to sales'],
};

const HANDLERS = { accept() {}, dismiss() {}, leave: (event: Event) => event.preventDefault(), retry() {} };

const away = { fulfillmentId: 'ful_1', url: 'https://app.example/upgrade' };
const hostedPage = { id: 'hp_1', url: 'https://app.example/pay' };

/** The states by a name for each face. */
export function faces(words: Words = ENGLISH_OFFER): Record<string, ShownState> {
  const options = words.options.map((label, index) => ({ id: `opt_${index}`, label }));
  const offer = { id: 'off_1', title: words.title, description: words.description, options, expiresAt: Infinity };
  const failed = (
    code: 'billing_failed' | 'checkout_abandoned' | 'app_failed' | 'expired' | 'internal' | 'unsupported',
  ) => ({ status: 'failed', fulfillmentId: 'ful_1', code, offer }) as const;
  return {
    offered: { status: 'offered', offer },
    accepting: { status: 'accepting', offer, optionId: 'opt_0' },
    interrupted: { status: 'interrupted', offer, optionId: 'opt_0' },
    gone: { status: 'gone', offer },
    pending: { status: 'pending', fulfillmentId: 'ful_1', pollAfterMs: 1_000, offer },
    overdue: { status: 'overdue', fulfillmentId: 'ful_1', offer },
    redirect: { status: 'redirect', ...away, offer },
    'redirect, resumed': { status: 'redirect', ...away, acceptedBefore: 'you', offer },
    checkout: { status: 'checkout', ...away, layout: 'full_page', hostedPage, offer },
    'elsewhere: e-mail': { status: 'elsewhere', fulfillmentId: 'ful_1', channel: 'email', offer },
    'elsewhere: webhook': { status: 'elsewhere', fulfillmentId: 'ful_1', channel: 'webhook', offer },
    completed: { status: 'completed', fulfillmentId: 'ful_1', offer },
    'already accepted': { status: 'already_accepted', offer },
    'accepted by a colleague': { status: 'completed', fulfillmentId: 'ful_1', acceptedBefore: 'colleague', offer },
    'failed: billing': failed('billing_failed'),
    'failed: checkout': failed('checkout_abandoned'),
    'failed: app': failed('app_failed'),
    'failed: expired': failed('expired'),
    'failed: internal': failed('internal'),
    'failed: unsupported': failed('unsupported'),
  };
}

/** Draws one face at the end of `parent`. Its words are the test's own, so they are taken as they are. */
export async function drawFace(
  layout: Layout,
  state: ShownState,
  parent: Element = document.body,
): Promise<HTMLElement> {
  const host = document.createElement('div');
  parent.append(host);
  const root = host.attachShadow({ mode: 'open' });
  adoptStyles(root, [css``, tokens, contentStyles, VIEWS[layout].styles]);
  const strings = await loadStrings(languageOf(host));
  const { title, description } = state.offer;
  const model = {
    state,
    strings,
    face: faceOf(state, withWays(strings)),
    title: nodes(title),
    description: nodes(description),
  };
  render(VIEWS[layout].draw(offerContent(model, HANDLERS), strings, HANDLERS.dismiss), root);
  root.querySelector('dialog')?.showModal();
  return host;
}

function faceOf(state: ShownState, strings: ReturnType<typeof withWays>): Face | undefined {
  if (state.status === 'offered' || state.status === 'accepting') return undefined;
  if (state.status === 'interrupted') return interrupted(state.optionId, strings, HANDLERS);
  return face(state, strings, HANDLERS);
}

function nodes(html: string): Node[] {
  return [...document.createRange().createContextualFragment(html).childNodes];
}
