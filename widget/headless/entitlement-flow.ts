/** May the customer use a feature? Asked for a page that draws the feature itself, without an offer. */
import type { Access } from '../../proxy/contract.js';
import { readUsed } from '../attributes.js';
import { OtherTabs } from '../flow/offer/other-tabs.js';
import { CONFIGURED } from '../flow/offer-flow.js';
import { hasPlatform } from '../flow/platform.js';
import { readEntitlement, type Entitlement } from '../flow/question/access.js';
import type { MockScenario } from '../flow/question/mock-scenario.js';
import { createCall } from '../flow/question/proxy-call.js';
import { identify, isSameSubject, questionOf, type Asker, type Question } from '../flow/question/question.js';
import { customerOf, knownToken, type GetToken } from '../flow/question/token.js';
import { pageDefaults } from '../page-defaults.js';
import type { OfferOptions } from './offer-options.js';
import { PAGE_NEWS } from './page-news.js';

/** Who asks, and where. For what is absent, the page may have a default: `configure()`. */
export type EntitlementOptions = Pick<OfferOptions, 'proxy' | 'token' | 'getToken' | 'mock'>;

/** `unknown`: nobody can tell now, so that nothing should be opened and nothing sold. */
export interface EntitlementState extends Omit<Entitlement, 'access'> {
  readonly access: 'asking' | Access;
}

export const ASKING: EntitlementState = { access: 'asking' };

const UNKNOWN: EntitlementState = { access: 'unknown' };

/** The flows of this page that have started. */
const started = new Set<EntitlementFlow>();

/** The questions that are under way, by what they ask, and when each was sent. */
const underWay = new Map<string, { readonly at: number; readonly answer: Promise<Entitlement> }>();

/** They all hear of it by one channel, and so ask together. */
const otherTabs = new OtherTabs((event) => {
  for (const flow of started) flow.handleEvent(event);
});

const NEWS = [CONFIGURED, 'online', 'pagehide', 'pageshow', ...PAGE_NEWS];

export class EntitlementFlow implements Asker, EventListenerObject {
  feature: string;
  used: number | undefined;
  readonly context = undefined;
  readonly lang = '';
  state = ASKING;
  #options: EntitlementOptions = {};
  #listener: (() => void) | undefined;
  #asked: Question | undefined;
  /** Aborted by the next question, whose answer alone counts. */
  #question = new AbortController();

  constructor(feature: string) {
    this.feature = feature;
  }

  get proxy(): string {
    return this.#options.proxy || pageDefaults().proxy || '/upgrade-offer';
  }

  get token(): string | undefined {
    return this.#options.token ?? pageDefaults().token;
  }

  get getToken(): GetToken | undefined {
    return this.#options.getToken ?? pageDefaults().getToken;
  }

  get mock(): string | MockScenario | undefined {
    return this.#options.mock ?? pageDefaults().mock;
  }

  /** The component may be drawn about another feature before anybody has asked about it. */
  stateOf(feature: string): EntitlementState {
    return feature === this.feature ? this.state : ASKING;
  }

  /**
   * Starts. Nothing is asked before the first `update()`.
   * @param listener called after each change of the state.
   * @returns ends it. What is on its way then changes nothing.
   */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listener = listener;
    started.add(this);
    otherTabs.listen();
    for (const type of NEWS) addEventListener(type, this, true);
    return () => {
      this.#listener = undefined;
      started.delete(this);
      if (started.size === 0) otherTabs.leave();
      for (const type of NEWS) removeEventListener(type, this, true);
    };
  };

  /** Takes what was drawn last, and asks where it makes another question. */
  update(feature: string, used: number | undefined, options: EntitlementOptions): void {
    this.feature = feature;
    this.used = readUsed(used);
    this.#options = options;
    this.#follow();
  }

  /** Asks again, with all on this page who ask the same. Resolves when the answer is there; never rejects. */
  readonly refresh = async (): Promise<void> => {
    const key = keyOf(this);
    const since = performance.now();
    await Promise.all([...started].filter((each) => keyOf(each) === key).map((each) => each.#ask(since)));
  };

  handleEvent({ type, timeStamp, persisted }: Event & { persisted?: boolean }): void {
    if (type === CONFIGURED) return this.#follow();
    // An open channel can keep the browser from restoring the page on Back.
    if (type === 'pagehide') return otherTabs.leave();
    if (type === 'pageshow') {
      otherTabs.listen();
      if (!persisted) return;
    }
    const { access } = this.state;
    // A level may have risen, also while the page was left. That a feature unlocks is no news for a flow that has it, or is
    // about to hear of it.
    const isNews = persisted || type === 'message' || type.endsWith('fulfilled');
    if (isNews || access === 'denied' || access === 'unknown') void this.#ask(timeStamp);
  }

  #follow(): void {
    const before = this.#asked;
    const isNew = this.#isNew();
    if (isNew || this.#asked?.facts !== before?.facts) void this.#ask();
    else if (this.#asked?.getToken !== before?.getToken) void this.#identify();
  }

  /** Whether the question is about something else now, or another customer's. What was before is then forgotten. */
  #isNew(): boolean {
    const before = this.#asked;
    const question = questionOf(this);
    const isNew = !before || !isSameSubject(before, question);
    this.#asked = isNew ? question : { ...question, customer: question.customer ?? before.customer };
    if (isNew) this.#becomes(ASKING);
    return isNew;
  }

  /** Another `getToken` may speak for another customer, which its token shows. */
  async #identify(): Promise<void> {
    try {
      await identify(this, new AbortController().signal);
      this.#follow();
    } catch {
      // Nobody may be signed in any more.
      await this.#ask();
    }
  }

  /** @param since an answer to a question from before this moment is too old: a `DOMHighResTimeStamp`. */
  async #ask(since = 0): Promise<void> {
    if (!hasPlatform()) return this.#becomes(UNKNOWN);
    this.#question.abort();
    this.#question = new AbortController();
    const { signal } = this.#question;
    const { feature } = this;
    try {
      const isSignedIn = await identify(this, signal);
      signal.throwIfAborted();
      this.#isNew();
      const answer = isSignedIn ? await askTogether(this, since) : UNKNOWN;
      if (!signal.aborted) this.#becomes(answer);
    } catch (error) {
      if (signal.aborted) return;
      this.#becomes(UNKNOWN);
      console.warn(`Failed to read whether the customer may use "${feature}": ${error}`);
    }
  }

  #becomes(state: EntitlementState): void {
    if (state.access === this.state.access && state.value === this.state.value) return;
    this.state = state;
    this.#listener?.();
  }
}

/** One request for all who ask the same at the same moment. */
function askTogether(asker: EntitlementFlow, since: number): Promise<Entitlement> {
  const key = keyOf(asker);
  const shared = underWay.get(key);
  if (shared && shared.at >= since) return shared.answer;
  const answer = readEntitlement(createCall(asker), asker.feature, asker.used).finally(() => {
    if (underWay.get(key)?.answer === answer) underWay.delete(key);
  });
  underWay.set(key, { at: performance.now(), answer });
  return answer;
}

/** What is asked, and for whom. Customers whose tokens cannot be read are told apart by the tokens themselves. */
function keyOf(asker: EntitlementFlow): string {
  const { subject, facts } = questionOf(asker);
  const token = knownToken(asker);
  return JSON.stringify([subject, facts, customerOf(token) ?? token]);
}
