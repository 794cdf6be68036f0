/**
 * All that is needed to show an offer, loaded with the first one: a page without an offer pays for none of it.
 */
import type { CSSResult, TemplateResult } from 'lit';
import type { Offer } from '../../proxy/contract.js';
import type { Acceptance } from '../acceptance.js';
import type { Layout } from '../attributes.js';
import type { ShownState } from '../offer-state.js';
import { loadRichText } from '../rich-text.js';
import { Showing } from '../showing.js';
import type { Stage } from '../stage.js';
import { languageOf, loadStrings, type Strings } from '../strings.js';
import { bannerStyles } from '../styles/banner.js';
import { contentStyles } from '../styles/content.js';
import { inlineStyles } from '../styles/inline.js';
import { modalStyles } from '../styles/modal.js';
import { tokens } from '../styles/tokens.js';
import { banner } from './banner.js';
import { inline } from './inline.js';
import { modal } from './modal.js';
import type { OfferHandlers } from './offer-content.js';

/** What the element says of the words. */
export interface Words {
  /** The page's own. */
  readonly strings: Partial<Strings> | undefined;
}

export interface OfferView {
  /** @param acceptance knows what to say of the states that only an acceptance leads to. */
  render(
    state: ShownState,
    words: Words,
    handlers: OfferHandlers,
    acceptance: Pick<Acceptance, 'face'> | undefined,
  ): TemplateResult;
  readonly showing: Showing;
  /** The sheets of the layout, the same list each time. */
  styles(): readonly CSSResult[];
}

const LAYOUTS = { inline, banner, modal };

const STYLES: Record<Layout, readonly CSSResult[]> = {
  inline: [tokens, contentStyles, inlineStyles],
  banner: [tokens, contentStyles, bannerStyles],
  modal: [tokens, contentStyles, modalStyles],
};

export async function loadOfferView(stage: Stage): Promise<OfferView> {
  const { host } = stage;
  let language = languageOf(host);
  const richText = await loadRichText();
  let words = await loadStrings(language);
  const showing = new Showing(stage);
  let drawn: { offer: Offer; title: Node[]; description: Node[] } | undefined;

  return {
    showing,
    render(state, { strings: overrides }, handlers, acceptance) {
      if (language !== languageOf(host)) void translate();
      const { offer } = state;
      if (drawn?.offer !== offer) {
        drawn = { offer, title: nodesOf(richText(offer.title)), description: nodesOf(richText(offer.description)) };
      }
      const strings = { ...words, ...overrides };
      const face = acceptance?.face(state, strings);
      return LAYOUTS[showing.layout]({ ...drawn, state, face, strings }, handlers);
    },
    styles: () => STYLES[showing.layout],
  };

  /** The page speaks another language now. */
  async function translate(): Promise<void> {
    language = languageOf(host);
    words = await loadStrings(language);
    host.requestUpdate();
  }
}

/** A fragment is empty once it is drawn; its nodes can move to another layout. */
function nodesOf(fragment: DocumentFragment): Node[] {
  return [...fragment.childNodes];
}
