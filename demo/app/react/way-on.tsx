/** The next step after an acceptance, where there is one. */
import type { HeadlessOffer } from '../../../widget/headless/headless.js';
import type { AcceptanceState } from './acceptance-news.js';

export function WayOn({ state, flow }: { state: AcceptanceState; flow: HeadlessOffer }) {
  if (state.status === 'redirect' || state.status === 'checkout') {
    return (
      <a className="primary" href={state.url} onClick={(event) => flow.mayLeave() || event.preventDefault()}>
        Continue
      </a>
    );
  }
  if (state.status !== 'interrupted' && state.status !== 'failed') return null;
  const tryAgain = () => {
    if (state.status === 'failed') return void flow.show();
    if (state.needsReload) return location.reload();
    return void flow.accept(state.optionId);
  };
  return (
    <button type="button" className="primary" onClick={tryAgain}>
      Try again
    </button>
  );
}
