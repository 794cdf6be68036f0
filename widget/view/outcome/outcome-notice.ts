/** What the customer is told of the outcome of an acceptance. Fetched with it, because no page needs it before. */
import type { ButtonAction, ConfirmingState, DecidedState, NoticeButton, OutcomeNotice } from '../notice.js';
import { en } from '../words/en.js';
import type { SpokenStrings, Strings } from '../words/words.js';
import { confirmNotice } from './confirmation.js';
import { OUTCOMES, type Outcome, type OutcomeName, type Step } from './outcomes.js';
import type { WaysOn } from './ways-on.js';

type Way = Omit<NoticeButton, 'kind'>;

/**
 * @param spoken the page's language. English says what it lacks.
 * @param ways the page's own.
 */
export function outcomeNotice(
  state: DecidedState | ConfirmingState,
  spoken: SpokenStrings,
  ways: WaysOn = {},
): OutcomeNotice {
  const strings = { ...en, ...spoken };
  if (state.status === 'confirming') return confirmNotice(state, strings, ways);
  const { ownWords = {}, support } = ways;
  const { title, message, withSupport = message, tone, sign, steps = [] }: Outcome = OUTCOMES[outcomeOf(state)];
  const isOwn = ownWords[message] && !ownWords[withSupport];
  return {
    tone,
    sign,
    title: strings[title],
    message: strings[support && !isOwn ? withSupport : message],
    subject: state.offer.title,
    buttons: buttonsFor(steps, wayBy(state, strings, ways), strings),
  };
}

/** Its row in the table. */
export function outcomeOf(state: DecidedState): OutcomeName {
  const before = 'acceptedBefore' in state && state.acceptedBefore;
  const isColleague = before === 'colleague';
  switch (state.status) {
    case 'completed':
      return isColleague ? 'completedByColleague' : 'completed';
    case 'redirect':
    case 'checkout':
      if (isColleague) return 'resumedByColleague';
      return before ? 'resumed' : state.status;
    case 'failed':
      return state.code;
    case 'already_accepted':
      return isColleague ? 'acceptedByColleague' : 'accepted';
    case 'elsewhere':
      return isColleague ? 'acceptedByColleague' : state.channel;
    case 'pending':
      return isColleague ? 'pendingByColleague' : 'pending';
    case 'overdue':
    case 'gone':
      return state.status;
    default:
      return state satisfies never;
  }
}

/** The first one leads on, and the last one closes the notice. */
function buttonsFor(
  steps: readonly Step[],
  ways: Readonly<Record<Step, Way | undefined>>,
  strings: Strings,
): readonly NoticeButton[] {
  const buttons = steps
    .flatMap((step) => ways[step] ?? [])
    .map((way, index): NoticeButton => ({ ...way, kind: index === 0 ? 'primary' : 'option' }));
  if (buttons[0]?.action?.type === 'dismiss') return buttons;
  return [...buttons, { kind: 'dismiss', label: strings.close, action: { type: 'dismiss' } }];
}

/** Undefined where there is nothing that a button could lead to. */
function wayBy(state: DecidedState, strings: Strings, ways: WaysOn): Readonly<Record<Step, Way | undefined>> {
  const next = leadingTo('url' in state ? state.url : undefined, strings.continue, { type: 'leave' });
  return {
    continue: next,
    done: next ?? doneWay(strings, ways),
    payment: leadingTo(ways.payment, strings.payment),
    support: leadingTo(ways.support, strings.support),
    retry: { label: strings.retry, action: { type: 'retry' } },
  };
}

function doneWay(strings: Strings, { done, hasDoneSlot }: WaysOn): Way {
  if (hasDoneSlot) return { label: strings.open, slot: 'done' };
  return leadingTo(done, strings.open) ?? { label: strings.done, action: { type: 'dismiss' } };
}

function leadingTo(href: string | undefined, label: string, action?: ButtonAction): Way | undefined {
  return href ? { label, href, ...(action && { action }) } : undefined;
}
