/**
 * The table of outcomes: what the customer is told of each, and what they can do, the most helpful first. The widget, the
 * gallery and the tests all read it.
 */
import { PROBLEM, type Tone } from '../notice.js';
import type { Strings } from '../words/words.js';

/** What a customer can do. What needs a link is left out where there is none. */
export type Step = 'continue' | 'done' | 'payment' | 'retry' | 'support';

export interface Outcome {
  readonly title: keyof Strings;
  readonly message: keyof Strings;
  /** In its place where there is a link to support. Without one, no words promise it. */
  readonly withSupport?: keyof Strings;
  readonly tone: Exclude<Tone, 'offer'>;
  readonly sign: string;
  /** Closing the notice comes last, and so is not named. */
  readonly steps?: readonly Step[];
}

const RING = 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 1 1 0-17';
const CLOCK = `${RING}m0 4V12l3 2`;
export const CHECK = 'm5 12.5 4.5 4.5L19 7.5';
const ARROW = 'M5 12h14m-6-6 6 6-6 6';
const LETTER = 'M3.5 6h17v12h-17Zm0 1 8.5 6 8.5-6';

const pending: Outcome = {
  title: 'pendingTitle',
  message: 'pending',
  tone: 'working',
  sign: RING,
  steps: ['continue'],
};
const completed: Outcome = {
  title: 'completedTitle',
  message: 'completed',
  tone: 'done',
  sign: CHECK,
  steps: ['done'],
};
const redirect: Outcome = {
  title: 'nextTitle',
  message: 'redirect',
  tone: 'next',
  sign: ARROW,
  steps: ['continue'],
};
const accepted: Outcome = {
  title: 'alreadyAcceptedTitle',
  message: 'alreadyAccepted',
  tone: 'done',
  sign: CHECK,
};
const byColleague = { message: 'colleagueAccepted' } as const;
const ended: Outcome = { title: 'endedTitle', message: 'gone', tone: 'later', sign: CLOCK };
const problem = { tone: 'problem', sign: PROBLEM } as const;

export const OUTCOMES = {
  pending,
  pendingByColleague: { ...pending, ...byColleague },
  overdue: { title: 'overdueTitle', message: 'overdue', tone: 'later', sign: CLOCK },
  completed,
  completedByColleague: { ...completed, message: 'colleagueCompleted' },
  redirect,
  checkout: { ...redirect, message: 'checkout' },
  resumed: { ...redirect, message: 'resume' },
  resumedByColleague: { ...redirect, ...byColleague },
  email: { title: 'emailTitle', message: 'email', tone: 'next', sign: LETTER },
  webhook: { title: 'webhookTitle', message: 'webhook', tone: 'done', sign: CHECK },
  accepted,
  acceptedByColleague: { ...accepted, ...byColleague },
  gone: ended,
  expired: { ...ended, message: 'expired' },
  // The customer changed their mind. Nothing went wrong.
  checkout_abandoned: {
    title: 'checkoutAbandonedTitle',
    message: 'checkoutAbandoned',
    tone: 'later',
    sign: CLOCK,
    steps: ['retry'],
  },
  billing_failed: {
    ...problem,
    title: 'billingFailedTitle',
    message: 'billingFailed',
    steps: ['payment', 'retry'],
  },
  app_failed: {
    ...problem,
    title: 'appFailedTitle',
    message: 'appFailed',
    withSupport: 'appFailedSupport',
    steps: ['retry', 'support'],
  },
  // Another try would end in the same way.
  internal: {
    ...problem,
    title: 'internalTitle',
    message: 'internal',
    withSupport: 'internalSupport',
    steps: ['support'],
  },
  unsupported: {
    ...problem,
    title: 'unsupportedTitle',
    message: 'unsupported',
    withSupport: 'unsupportedSupport',
    steps: ['support'],
  },
} satisfies Record<string, Outcome>;

export type OutcomeName = keyof typeof OUTCOMES;
