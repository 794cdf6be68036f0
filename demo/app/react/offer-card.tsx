/** The offer of Chargebee in the words of Chargebee, with a button for each way to accept it. */
import { useId } from 'react';
import type { HeadlessOffer, OfferState } from '../../../widget/headless/headless.js';
import { useRichText } from './use-rich-text.js';

interface OfferCardProps {
  state: Extract<OfferState, { status: 'offered' | 'confirming' | 'accepting' }>;
  flow: HeadlessOffer;
}

export function OfferCard({ state, flow }: OfferCardProps) {
  const title = useId();
  const { offer } = state;
  const isSending = state.status === 'accepting';
  return (
    <section className="offer card" aria-labelledby={title} ref={flow.seen}>
      <h2 id={title} ref={useRichText(offer.title)} />
      <div className="words" ref={useRichText(offer.description)} />
      <div className="ways">
        {offer.options.map(({ id, label }, index) => (
          <button
            key={id}
            type="button"
            className={index === 0 ? 'primary' : 'plain-button'}
            disabled={isSending}
            onClick={() => void flow.accept(id)}
          >
            {isSending && state.optionId === id ? 'Unlocking…' : label}
          </button>
        ))}
        <button type="button" className="later" disabled={isSending} onClick={flow.dismiss}>
          Not now
        </button>
      </div>
    </section>
  );
}
