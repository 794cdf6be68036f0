/** Where an acceptance stands, and what the customer can do now. */
import type { HeadlessOffer } from '../../../widget/headless/headless.js';
import { acceptanceNews, type AcceptanceState } from './acceptance-news.js';
import { WayOn } from './way-on.js';

export function AcceptanceCard({ state, flow }: { state: AcceptanceState; flow: HeadlessOffer }) {
  const { title, message } = acceptanceNews(state);
  return (
    <section className="offer card" aria-label="Your upgrade">
      <div role="status">
        <h2>{title}</h2>
        <p className="words">{message}</p>
      </div>
      <div className="ways">
        <WayOn state={state} flow={flow} />
        <button type="button" className="later" onClick={flow.dismiss}>
          Close
        </button>
      </div>
    </section>
  );
}
