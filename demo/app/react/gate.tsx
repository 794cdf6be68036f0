/** What stands before the analytics, in each state of the flow. */
import type { HeadlessOffer, Layout, OfferState } from '../../../widget/headless/headless.js';
import { AcceptanceCard } from './acceptance-card.js';
import { Locked } from './locked.js';
import { Modal } from './modal.js';
import { OfferCard } from './offer-card.js';
import { Unchecked } from './unchecked.js';

interface GateProps {
  state: OfferState;
  flow: HeadlessOffer;
  layout: Layout;
  isUpgradeOpen: boolean;
}

export function Gate({ state, flow, layout, isUpgradeOpen }: GateProps) {
  if (state.status === 'idle' || state.status === 'asking' || state.status === 'unlocked') return null;
  if (state.status === 'unanswered' || (state.status === 'empty' && state.access === 'unknown')) {
    return <Unchecked onCheck={flow.refresh} />;
  }
  if (state.status === 'empty' || state.status === 'closed' || state.status === 'held') {
    return <Locked isUpgradeOpen={isUpgradeOpen} />;
  }
  const isOffer = state.status === 'offered' || state.status === 'confirming' || state.status === 'accepting';
  const card = isOffer ? <OfferCard state={state} flow={flow} /> : <AcceptanceCard state={state} flow={flow} />;
  return layout === 'modal' ? <Modal onEscape={() => flow.snooze()}>{card}</Modal> : card;
}
