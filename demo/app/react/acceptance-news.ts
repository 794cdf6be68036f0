/** What the app says of an acceptance, in its own words: it knows what its upgrade page does, and the widget does not. */
import type { OfferState } from '../../../widget/headless/headless.js';

/** An acceptance is under way, or over. */
export type AcceptanceState = Exclude<
  Extract<OfferState, { offer: object }>,
  { status: 'held' | 'offered' | 'confirming' | 'accepting' }
>;

interface News {
  readonly title: string;
  readonly message: string;
}

const FAILED: News = { title: 'We could not finish your upgrade', message: 'Nothing has changed.' };

export function acceptanceNews(state: AcceptanceState): News {
  switch (state.status) {
    case 'interrupted':
      return { title: 'We could not reach Halyard', message: 'Try again. You will not be charged twice.' };
    case 'gone':
      return { title: 'This offer has ended', message: 'It ended before you accepted it.' };
    case 'pending':
      return { title: 'Setting up Analytics…', message: 'You can keep working.' };
    case 'overdue':
      return { title: 'This takes longer than usual', message: 'We finish it in the background.' };
    case 'completed':
      return { title: 'Analytics is on', message: 'It is ready for everyone in your workspace.' };
    case 'redirect':
    case 'checkout':
      return state.acceptedBefore
        ? { title: 'One more step', message: 'Pick up where you left off.' }
        : { title: 'One more step', message: 'Taking you to the payment…' };
    case 'elsewhere':
      return { title: 'We have your request', message: 'We will write to you about the next step.' };
    case 'already_accepted':
      return { title: 'Already accepted', message: 'You have accepted this offer.' };
    case 'failed':
      // This app reports a failure for one reason only, so it can name the reason.
      return state.code === 'app_failed'
        ? { ...FAILED, message: 'Your card was declined, and nothing was charged.' }
        : FAILED;
    default:
      return state satisfies never;
  }
}
