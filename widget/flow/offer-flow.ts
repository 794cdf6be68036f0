/**
 * What happens with an offer, from the question to the end of its fulfillment. It draws nothing and works without the
 * element. Nothing it does throws into the page.
 */
import type { Offer } from '../../proxy/contract.js';
import type { Acceptance } from './acceptance/acceptance.js';
import { OfferDismissedEvent, OfferDismissEvent, OfferSnoozedEvent, OfferViewedEvent } from './events.js';
import { isShown, type Answer, type OfferState } from './offer-state.js';
import { Admission } from './offer/admission.js';
import type { Layout } from './layout.js';
import { Reports } from './offer/reports.js';
import { openLocks } from './offer/show-lock.js';
import type { Watch } from './offer/watch.js';
import { isAmiss, isUnsure } from './question/answers.js';
import { askTogether, REUSED_FOR_MS } from './question/ask-together.js';
import { forgetAnswers, pageMemory } from './question/page-memory.js';
import type { Call } from './question/proxy-call.js';
import { identify, isSameSubject, questionOf, type Question } from './question/question.js';
import { retryMs } from './question/retry.js';
import { forgetToken } from './question/token.js';
import { receiptName } from './receipt-name.js';
import { asError, StateOwner, type OfferHost, type StateOwnerOptions } from './state-owner.js';
import { forget, keep, recall } from './storage.js';
import { ageMs } from './wait.js';

/** Why the proxy is asked. */
type Occasion = 'new question' | 'new facts' | 'again' | 'retry' | 'expired' | 'show';

/** Elements that ask within this time ask together. */
const SAME_MOMENT_MS = 50;

/** A slider changes the context dozens of times a second. One question after it rests is enough. */
const FACTS_REST_FOR_MS = 300;

/** A shorter absence, of the customer or of the element, is not worth a new question. */
const AWAY_FOR_MS = 3_000;

/** After so long without a failure, the next one is the first. Longer than any pause. */
const CALM_MS = 900_000;

/** The page says something else for all hosts. */
export const CONFIGURED = 'upgrade-offer';

const WINDOW_EVENTS = ['pageshow', 'pagehide', 'visibilitychange', 'focus', 'online', 'keydown', CONFIGURED];

export class OfferFlow implements EventListenerObject {
  /** A copy of the owner's, which alone changes it. */
  state: OfferState;
  readonly #owner: StateOwner;
  readonly #admission: Admission;
  readonly #reports: Reports;
  #listeners: readonly (() => void)[] = [];
  /** Of this visit. Fetched once an offer is on the page. */
  #acceptance: Acceptance | undefined;
  /** Fetched with the acceptance. */
  #watch: Watch | undefined;
  /** Where the offer is drawn. */
  #surface: Element | undefined;
  #isStarted = false;
  /** When the host has left the page, and has not come back with the same question. */
  #leftAt: number | undefined;
  #asked: Question | undefined;
  readonly #configured: (() => void) | undefined;
  /** Whether the customer has asked for what is shown, or will be. */
  #isWanted: boolean | undefined;
  #askedAt = 0;
  #answer: Promise<Answer> | undefined;
  /** How many tries have failed in a row: of questions, events and scripts together. */
  #failures = 0;
  #failedAt = 0;
  /** Aborted by the next question. */
  #question = new AbortController();

  constructor(host: OfferHost, options: StateOwnerOptions = {}) {
    this.#configured = options.configured;
    const owner = new StateOwner(host, (isShown) => this.#changed(isShown), options);
    this.#owner = owner;
    this.state = owner.state;
    this.#admission = new Admission(owner, () => void this.ask());
    this.#reports = new Reports(owner, (failure) => this.#tryLater(failure));
  }

  /** Asks the proxy, as the host does. */
  get call(): Call {
    return this.#owner.call;
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
    if (this.#leftAt !== undefined) forgetToken(this.#owner.host);
    this.#isStarted = true;
    for (const type of WINDOW_EVENTS) addEventListener(type, this, isKey(type));
  }

  /**
   * The host has left the page: ends everything under way. An acceptance is found again by its receipt. What is shown
   * stays, for a router that puts the host back.
   */
  stop(): void {
    this.#isStarted = false;
    this.#leftAt = Date.now();
    for (const type of WINDOW_EVENTS) removeEventListener(type, this, isKey(type));
    if (isShown(this.state) && this.state.status !== 'offered') this.#asked = undefined;
    this.#endVisit();
    this.#ended();
  }

  /** The host's settings may have changed: asks if that makes another question. */
  update(): void {
    if (!this.#isStarted) return;
    const before = this.#asked;
    const isNew = this.#isNew();
    const isOther = isNew || this.#asked?.facts !== before?.facts;
    const getToken = this.#asked?.getToken;
    const leftAt = this.#leftAt;
    this.#leftAt = undefined;
    if (!isNew && leftAt !== undefined) {
      return this.#comeBack(isOther || Boolean(getToken) || ageMs(leftAt) > AWAY_FOR_MS);
    }
    if (!isNew && getToken !== before?.getToken) void this.#identify();
    if (this.#owner.host.manual) return;
    // It may have been manual until now.
    if (isOther || this.state.status === 'idle') void this.ask(isNew ? 'new question' : 'new facts');
  }

  /** Asks for access and the offer. What is on the page stays there until the answer has come. */
  async ask(occasion: Occasion = 'again'): Promise<void> {
    if (!this.#isStarted) return;
    // The customer wants to see the offer here and now.
    const isUrgent = occasion === 'show';
    const { host, call, wait } = this.#owner;
    this.#question.abort();
    this.#question = new AbortController();
    this.#askedAt = Date.now();
    // The proxy caps what interrupts. What the customer sees already does not.
    const isAsked = isUrgent || isShown(this.state);
    // One that is on the page stays what it was.
    if (isUrgent || !isAsked) this.#isWanted = isUrgent;
    const { signal } = this.#question;
    try {
      if (occasion === 'new facts') await wait(FACTS_REST_FOR_MS, signal);
      // A page that the browser prepares unseen may never be looked at.
      if (document.prerendering) await new Promise((seen) => document.addEventListener('prerenderingchange', seen));
      signal.throwIfAborted();
      this.#owner.dispatch({ type: 'asked' });
      const isSignedIn = await identify(host, signal);
      if (this.#isNew()) return this.ask(occasion);
      if (!isSignedIn) return this.#owner.answer({ offer: null, why: 'signed_out' });
      if (!isShown(this.state) && (await this.#resume())) return;
      await this.#reports.sendAgain();
      signal.throwIfAborted();
      this.#answer =
        occasion === 'new question'
          ? askTogether(host, call, REUSED_FOR_MS, isAsked, signal)
          : askTogether(host, call, SAME_MOMENT_MS, isAsked, signal, this.#answer);
      openLocks();
      const answer = await this.#answer;
      signal.throwIfAborted();
      if (isUnsure(answer)) {
        this.#tryLater();
        if (occasion === 'retry') return;
      }
      if (answer.why && isAmiss(answer)) this.#owner.say(answer.why);
      if (answer.offer && (isUrgent || !this.#reports.isDismissed(answer.offer))) {
        await this.#admission.consider(answer, isUrgent, signal);
        const { state } = this;
        // It may have a new end.
        if (state.status === 'offered' && state.offer.id === answer.offer.id) this.#offered(answer.offer);
      } else this.#owner.answer({ ...answer, offer: null });
    } catch (error) {
      if (signal.aborted) return;
      // The fresh token may have been another customer's, or nobody is signed in any more.
      if (this.#isNew()) return this.ask(occasion);
      this.#failed(error, occasion);
    }
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
    this.#surface = surface;
    if (state.status === 'offered') this.#watch?.look(state.offer, surface);
  }

  /**
   * @param optionId the first option when absent.
   * @param isPress by the customer, who may have to confirm it. A page that accepts by itself has asked them.
   */
  async accept(optionId?: string, isPress?: boolean): Promise<void> {
    const { state } = this;
    if (!this.#acceptance && isShown(state)) {
      await this.#owner.attempt(
        () => this.#fetchAcceptance(),
        this.#owner.visit,
        () => this.#cannotAccept(state.offer, optionId),
      );
    }
    await this.#acceptance?.accept(optionId, isPress);
  }

  /**
   * What an acceptance takes could not be fetched, for the second time. It may be gone with its version. And until browsers
   * have the change of 2024 to the spec, one that failed once fails until the page is reloaded, in Firefox for one:
   * https://github.com/whatwg/html/issues/6768. Without a network, a reload would only lose the page.
   */
  #cannotAccept(offer: Offer, optionId: string | undefined): void {
    if (!this.#owner.dispatch({ type: 'interrupted', optionId, needsReload: navigator.onLine })) return;
    // The reloaded page goes on with this offer and option, and does not ask for another reload.
    if (!offer.preview) keep(receiptName(this.#owner.host), { offer, optionId, isInterrupted: true });
  }

  /** Dismisses the offer, unless the page prevents it. The notice of an acceptance is only closed. */
  dismiss(): void {
    const { state } = this;
    if (state.status === 'offered') this.#dismiss(state.offer);
    else this.#close();
  }

  /**
   * Hides the offer, and tells only the page. The notice of an acceptance is closed.
   * @param durationMs without it, until the tab is closed.
   */
  snooze(durationMs = Infinity): void {
    const { state } = this;
    if (state.status !== 'offered') return this.#close();
    // A preview leaves nothing behind: the next page begins again.
    if (state.offer.preview) this.#close();
    else this.#admission.snooze(state.offer, durationMs);
    this.#owner.emit(new OfferSnoozedEvent(state.offer));
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

  handleEvent({ type, persisted }: Event & { persisted?: boolean }): void {
    if (isKey(type)) pageMemory().typedAt = Date.now();
    else if (type === 'pagehide') this.#leavePage();
    else if (type === CONFIGURED) {
      this.#configured?.();
      this.update();
      for (const listener of this.#listeners) listener();
    } else if (this.state.status === 'idle' || document.hidden) return;
    // The browser kept the page, or the customer was elsewhere: things may have changed meanwhile.
    else if (persisted) this.#comeBack(true);
    else if (type === 'online' || ageMs(this.#askedAt) > AWAY_FOR_MS) void this.ask();
  }

  /** What is on the page is still there, and nothing that watches it. */
  #comeBack(isOld: boolean): void {
    const { state } = this;
    if (state.status === 'idle') return;
    if (state.status === 'offered') {
      this.#offered(state.offer);
      void this.#admission.comeBack(state.offer);
    }
    if (isOld || (state.status !== 'offered' && state.status !== 'unlocked')) void this.ask('new question');
  }

  #failed(error: unknown, occasion: Occasion): void {
    if (occasion === 'expired') this.#owner.dispatch({ type: 'expired' });
    this.#owner.dispatch({ type: 'unanswered', problem: asError(error).message });
    if (occasion !== 'retry') this.#owner.report(error);
    this.#tryLater(error);
  }

  /** Tries all of it again, in silence. In a tab that nobody looks at, not before somebody does. */
  #tryLater(failure?: unknown): void {
    const { wait, jitter } = this.#owner;
    if (ageMs(this.#failedAt) > CALM_MS) this.#failures = 0;
    this.#failedAt = Date.now();
    const ms = retryMs(failure, this.#failures++, jitter);
    if (ms === undefined) return;
    const again = () => {
      if (document.hidden) this.#askedAt = 0;
      else void this.ask('retry');
    };
    wait(ms, this.#question.signal).then(again, () => {});
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
    // A click tries again and tells the customer if that fails, too.
    this.#fetchAcceptance(offer).catch((error: unknown) => this.#tryLater(error));
  }

  #ended(): void {
    this.#watch?.stop();
    this.#surface = undefined;
    void this.#admission.end(this.#reports.sent);
  }

  /** Once for each display: the same offer on the same page, moved or in a new element, is the same display. */
  readonly #see = (offer: Offer): void => {
    const { seen } = pageMemory();
    if (seen.has(offer.id)) return;
    seen.add(offer.id);
    // By the time, the proxy knows a view that is reported again: its answer was lost.
    this.#reports.send(offer, 'viewed', this.#isWanted ? ' asked=true' : ` display=${Date.now()}`);
    this.#owner.emit(new OfferViewedEvent(offer));
  };

  #dismiss(offer: Offer): void {
    if (!this.#owner.host.dispatchEvent(new OfferDismissEvent(offer))) return;
    this.#see(offer);
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
    const { visit } = this.#owner;
    const [{ resume }] = await Promise.all([import('./acceptance/earlier-page.js'), this.#fetchAcceptance()]);
    visit.throwIfAborted();
    return this.#acceptance ? resume(this.#owner, this.#acceptance) : false;
  }

  /** @param offer is on the page, and may have a new end. */
  async #fetchAcceptance(offer?: Offer): Promise<void> {
    const { visit } = this.#owner;
    const [{ Acceptance }, { Watch }] = await Promise.all([
      import('./acceptance/acceptance.js'),
      import('./offer/watch.js'),
      this.#owner.prepareOutcome(),
    ]);
    visit.throwIfAborted();
    this.#watch ??= new Watch(this.#owner.wait, {
      seen: this.#see,
      ended: () => void this.ask('expired'),
      fulfilled: () => {
        if (this.state.status === 'offered') void this.ask();
      },
    });
    if (offer && this.state.status === 'offered' && this.state.offer.id === offer.id) this.#watch.begin(offer);
    if (this.#surface) this.seen(this.#surface);
    const acceptance = this.#acceptance ?? new Acceptance(this.#owner, this.#see);
    await acceptance.prepare();
    visit.throwIfAborted();
    this.#acceptance ??= acceptance;
  }

  /** Ends everything under way, and the state with it. */
  #forget(): void {
    this.#endVisit();
    this.#owner.dispatch({ type: 'forgotten' });
  }

  /** Ends everything under way. */
  #endVisit(): void {
    this.#question.abort();
    this.#acceptance = undefined;
    this.#owner.endVisit();
  }

  /** The browser may keep the page for Back, if it holds nothing. */
  #leavePage(): void {
    this.#reports.leavePage();
    void this.#admission.end();
    this.#watch?.leavePage();
  }
}

/** A page may keep a key to itself, so it is heard first. Focus is not: within the page it is no return to it. */
function isKey(type: string): boolean {
  return type === 'keydown';
}

declare global {
  interface Document {
    /** Chromium only. */
    readonly prerendering?: boolean;
  }
}
