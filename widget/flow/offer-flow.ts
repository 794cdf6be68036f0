/**
 * What happens with an offer, from the question to the end of its fulfillment. It draws nothing and works without the
 * element. Nothing it does throws into the page.
 */
import type { Offer } from '../../proxy/contract.js';
import type { Acceptance } from './acceptance/acceptance.js';
import { OfferDismissedEvent, OfferDismissEvent, OfferViewedEvent } from './events.js';
import { isShown, type OfferState } from './offer-state.js';
import { Admission } from './offer/admission.js';
import { Expiry } from './offer/expiry.js';
import type { Layout } from './layout.js';
import { OtherTabs } from './offer/other-tabs.js';
import { Reports } from './offer/reports.js';
import { openLocks } from './offer/show-lock.js';
import { Viewability } from './offer/viewability.js';
import { askTogether, REUSED_FOR_MS } from './question/ask-together.js';
import { forgetAnswers, pageMemory } from './question/page-memory.js';
import { identify, isSameSubject, questionOf, type Question } from './question/question.js';
import { forgetToken } from './question/token.js';
import { receiptName } from './receipt-name.js';
import { StateOwner, type OfferHost, type StateOwnerOptions } from './state-owner.js';
import { forget, recall } from './tab-storage.js';

/** Why the proxy is asked. */
type Occasion = 'new question' | 'new facts' | 'again' | 'show';

/** Elements that ask within this time ask together. */
const SAME_MOMENT_MS = 50;

/** A slider changes the context dozens of times a second. One question after it rests is enough. */
const FACTS_REST_FOR_MS = 300;

/** A shorter absence from the window is not worth a new question. */
const AWAY_FOR_MS = 3_000;

/**
 * `afterMs`: how long to wait first. `maxAgeMs`: how old another element's answer may be to be reused; a new element may
 * reuse an older one than a refresh. `isUrgent`: the customer wants to see the offer here and now.
 */
const ASKING: Readonly<Record<Occasion, { afterMs: number; maxAgeMs: number; isUrgent: boolean }>> = {
  'new question': { afterMs: 0, maxAgeMs: REUSED_FOR_MS, isUrgent: false },
  'new facts': { afterMs: FACTS_REST_FOR_MS, maxAgeMs: SAME_MOMENT_MS, isUrgent: false },
  again: { afterMs: 0, maxAgeMs: SAME_MOMENT_MS, isUrgent: false },
  show: { afterMs: 0, maxAgeMs: SAME_MOMENT_MS, isUrgent: true },
};

const WINDOW_EVENTS = ['pageshow', 'pagehide', 'visibilitychange', 'focus', 'keydown'];

export class OfferFlow implements EventListenerObject {
  /** A copy of the owner's, which alone changes it. */
  state: OfferState;
  readonly #owner: StateOwner;
  readonly #admission: Admission;
  readonly #viewability: Viewability;
  readonly #reports: Reports;
  readonly #otherTabs: OtherTabs;
  readonly #expiry: Expiry;
  #listeners: readonly (() => void)[] = [];
  /** Of this visit. Fetched once an offer is on the page. */
  #acceptance: Acceptance | undefined;
  #isStarted = false;
  #hasLeft = false;
  #asked: Question | undefined;
  #askedAt = 0;
  /** Aborted by the next question. */
  #question = new AbortController();

  constructor(host: OfferHost, options: StateOwnerOptions = {}) {
    const owner = new StateOwner(host, (isShown) => this.#changed(isShown), options);
    this.#owner = owner;
    this.state = owner.state;
    this.#admission = new Admission(owner, () => void this.ask());
    this.#reports = new Reports(owner);
    this.#otherTabs = new OtherTabs(() => {
      if (this.state.status === 'offered') void this.ask();
    });
    this.#expiry = new Expiry(owner.wait, () => owner.dispatch({ type: 'expired' }) && void this.ask());
    this.#viewability = new Viewability(owner.wait, (offer) => {
      this.#reports.send(offer, 'viewed');
      owner.emit(new OfferViewedEvent(offer));
    });
  }

  /** A modal at a bad moment is a banner, where the page wants it so. */
  get layout(): Layout {
    const { layout } = this.#owner.host;
    return layout === 'modal' && this.#admission.isBanner ? 'banner' : layout;
  }

  /** @param listener called after each change of the state. */
  subscribe(listener: () => void): void {
    this.#listeners = this.#listeners.concat(listener);
  }

  /** The host is on the page. May be called again and again. */
  start(): void {
    if (this.#hasLeft) forgetToken(this.#owner.host);
    this.#hasLeft = false;
    this.#isStarted = true;
    for (const type of WINDOW_EVENTS) addEventListener(type, this, true);
  }

  /** The host has left the page: ends everything under way. */
  stop(): void {
    this.#isStarted = false;
    this.#hasLeft = true;
    for (const type of WINDOW_EVENTS) removeEventListener(type, this, true);
    this.#asked = undefined;
    this.#forget();
  }

  /** The host's settings may have changed: asks if that makes another question. */
  update(): void {
    if (!this.#isStarted) return;
    const before = this.#asked;
    const isNew = this.#isNew();
    if (!isNew && this.#asked?.getToken !== before?.getToken) void this.#identify();
    if (!isNew && this.#asked?.facts === before?.facts) return;
    if (!this.#owner.host.manual) void this.ask(isNew ? 'new question' : 'new facts');
  }

  /** Asks for access and the offer. What is on the page stays there until the answer has come. */
  async ask(occasion: Occasion = 'again'): Promise<void> {
    if (!this.#isStarted) return;
    const { afterMs, maxAgeMs, isUrgent } = ASKING[occasion];
    const { host, call, wait } = this.#owner;
    this.#question.abort();
    this.#question = new AbortController();
    this.#askedAt = Date.now();
    const { signal } = this.#question;
    const ask = async () => {
      if (afterMs > 0) await wait(afterMs, signal);
      this.#owner.dispatch({ type: 'asked' });
      await identify(host, signal);
      if (this.#isNew()) return this.ask(occasion);
      if (!isShown(this.state) && (await this.#resume())) return;
      signal.throwIfAborted();
      const asking = askTogether(host, call, maxAgeMs, signal);
      openLocks();
      const answer = await asking;
      signal.throwIfAborted();
      if (answer.offer) await this.#admission.consider(answer, isUrgent, signal);
      else this.#owner.answer(answer);
    };
    await this.#owner.attempt(ask, signal, ({ message }) => {
      this.#owner.dispatch({ type: 'unanswered', problem: message });
      // The fresh token may have been another customer's.
      this.update();
    });
  }

  /** Whether the question is about something else now, or another customer's. What was before is then forgotten. */
  #isNew(): boolean {
    const before = this.#asked;
    const question = questionOf(this.#owner.host);
    const isNew = !before || !isSameSubject(before, question);
    this.#asked = isNew ? question : { ...question, customer: question.customer ?? before.customer };
    if (isNew) this.#forget();
    return isNew;
  }

  /** Another `getToken` may speak for another customer, which its token shows. */
  async #identify(): Promise<void> {
    const { host, wait, visit } = this.#owner;
    const identified = async () => {
      await wait(FACTS_REST_FOR_MS, visit);
      await identify(host, visit);
      this.update();
    };
    await this.#owner.attempt(identified, visit);
  }

  /** Asks, and shows the offer even if it was closed before. */
  async show(): Promise<void> {
    this.#owner.dispatch({ type: isShown(this.state) ? 'released' : 'forgotten' });
    await this.ask('show');
  }

  /** Asks again, for the page. */
  async refresh(): Promise<void> {
    this.#owner.dispatch({ type: 'released' });
    await this.ask();
  }

  /** The offer is on the page as `surface`. To be called after each drawing. */
  seen(surface: Element): void {
    const { state } = this;
    if (state.status === 'offered') this.#viewability.watch(state.offer, surface);
  }

  /** @param optionId the first option when absent. */
  async accept(optionId?: string): Promise<void> {
    if (!this.#acceptance && isShown(this.state)) {
      await this.#owner.attempt(
        () => this.#fetchAcceptance(),
        this.#owner.visit,
        () => this.#owner.dispatch({ type: 'interrupted', optionId }),
      );
    }
    await this.#acceptance?.accept(optionId);
  }

  /** Dismisses the offer, unless the page prevents it. The notice of an acceptance is only closed. */
  dismiss(): void {
    const { state } = this;
    if (state.status === 'offered') this.#dismiss(state.offer);
    else this.#close();
  }

  /**
   * Hides the offer, and tells nobody.
   * @param durationMs without it, until the tab is closed.
   */
  snooze(durationMs = Infinity): void {
    const { state } = this;
    if (state.status === 'offered') this.#admission.snooze(state.offer, durationMs);
    else this.#close();
  }

  /** After an acceptance that failed: closes its notice and asks again. */
  async retry(): Promise<void> {
    this.#close();
    await this.show();
  }

  /** Whether the browser follows a link to the next page by itself. The page may prefer its own way. */
  mayLeave(): boolean {
    return this.#acceptance?.mayLeave(this.state) ?? false;
  }

  handleEvent({ type, target, persisted }: Event & { persisted?: boolean }): void {
    if (type === 'keydown') pageMemory().typedAt = Date.now();
    else if (type === 'pagehide') this.#leavePage();
    // Focus that moves within the page is no return to it.
    else if (this.state.status === 'idle' || document.hidden || (type === 'focus' && target !== window)) return;
    // The browser kept the page, or the customer was elsewhere: things may have changed meanwhile.
    else if (type === 'pageshow' ? persisted : Date.now() - this.#askedAt > AWAY_FOR_MS) void this.ask();
  }

  /** What each change of the state brings with it. */
  #changed(isShown: boolean): void {
    const { state } = this.#owner;
    this.state = state;
    if (state.status === 'offered') this.#offered(state.offer);
    else if (!isShown) this.#ended();
    for (const listener of this.#listeners) listener();
  }

  #offered(offer: Offer): void {
    this.#expiry.watch(offer);
    this.#otherTabs.listen();
    void this.#reports.sendAgain();
    // A click tries again and tells the customer if that fails, too. Until browsers have the change of 2024 to the spec, it
    // fails until the page is reloaded: https://github.com/whatwg/html/issues/6768
    this.#fetchAcceptance().catch(() => {});
  }

  #ended(): void {
    this.#expiry.stop();
    this.#viewability.stop();
    this.#otherTabs.leave();
    this.#admission.end(this.#reports.sent);
  }

  #dismiss(offer: Offer): void {
    if (!this.#owner.host.dispatchEvent(new OfferDismissEvent(offer))) return;
    this.#viewability.see(offer);
    forgetAnswers();
    this.#reports.send(offer, 'dismissed');
    this.#owner.dispatch({ type: 'closed' });
    this.#owner.emit(new OfferDismissedEvent(offer));
  }

  /** Closes what is shown, and tells nobody. */
  #close(): void {
    if (this.#owner.dispatch({ type: 'closed' })) forget(receiptName(this.#owner.host));
  }

  /** Shows the acceptance of an earlier page, if there was one. */
  async #resume(): Promise<boolean> {
    if (recall(receiptName(this.#owner.host)) === null) return false;
    void this.#reports.sendAgain();
    await this.#fetchAcceptance();
    return this.#acceptance?.resume() ?? false;
  }

  async #fetchAcceptance(): Promise<void> {
    const { visit } = this.#owner;
    const [{ Acceptance }] = await Promise.all([import('./acceptance/acceptance.js'), this.#owner.prepareOutcome()]);
    visit.throwIfAborted();
    const acceptance = this.#acceptance ?? new Acceptance(this.#owner, this.#viewability);
    await acceptance.prepare();
    visit.throwIfAborted();
    this.#acceptance ??= acceptance;
  }

  /** Ends everything about this question. */
  #forget(): void {
    this.#question.abort();
    this.#acceptance = undefined;
    this.#owner.forget();
  }

  /** The browser may keep the page for Back, if it holds nothing. */
  #leavePage(): void {
    this.#admission.leave();
    this.#otherTabs.leave();
  }
}
