/**
 * All that is needed to show an offer, loaded with the first one: a page without an offer pays for none of it.
 */
import type { CSSResult, TemplateResult } from 'lit';
import type { Offer } from '../../proxy/contract.js';
import type { Layout } from '../attributes.js';
import type { ShownState } from '../offer-state.js';
import { loadRichText } from '../rich-text.js';
import { stringsFor, type Strings } from '../strings.js';
import { bannerStyles } from '../styles/banner.js';
import { contentStyles } from '../styles/content.js';
import { inlineStyles } from '../styles/inline.js';
import { modalStyles } from '../styles/modal.js';
import { tokens } from '../styles/tokens.js';
import { Viewing } from '../viewing.js';
import type { Wait } from '../wait.js';
import { banner } from './banner.js';
import { inline } from './inline.js';
import { modal } from './modal.js';
import type { OfferHandlers } from './offer-content.js';

/** What the element says of the words: its language, and the page's own words. */
export interface Words {
  readonly lang: string;
  readonly strings: Partial<Strings> | undefined;
}

export interface OfferView {
  render(layout: Layout, state: ShownState, words: Words, handlers: OfferHandlers): TemplateResult;
  readonly viewing: Viewing;
  /** The sheets of each layout, the same list each time. */
  readonly styles: Record<Layout, readonly CSSResult[]>;
}

const LAYOUTS = { inline, banner, modal };

/** @param onSeen called once for each display of an offer. */
export async function loadOfferView(wait: Wait, onSeen: (offer: Offer) => void): Promise<OfferView> {
  const richText = await loadRichText();
  let drawn: { offer: Offer; title: Node[]; description: Node[] } | undefined;

  return {
    viewing: new Viewing(wait, onSeen),
    render(layout, state, { lang, strings }, handlers) {
      const { offer } = state;
      if (drawn?.offer !== offer) {
        drawn = { offer, title: nodesOf(richText(offer.title)), description: nodesOf(richText(offer.description)) };
      }
      return LAYOUTS[layout]({ ...drawn, state, strings: stringsFor(lang, strings) }, handlers);
    },
    styles: {
      inline: [tokens, contentStyles, inlineStyles],
      banner: [tokens, contentStyles, bannerStyles],
      modal: [tokens, contentStyles, modalStyles],
    },
  };
}

/** A fragment is empty once it is drawn; its nodes can move to another layout. */
function nodesOf(fragment: DocumentFragment): Node[] {
  return [...fragment.childNodes];
}
