/** Ties a flow to an element: the element's life starts and stops the flow, and each change of its state redraws the element. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { OfferFlow } from './flow/offer-flow.js';
import type { OfferState } from './flow/offer-state.js';
import type { OfferHost, StateOwnerOptions } from './flow/state-owner.js';

export class OfferController implements ReactiveController {
  readonly flow: OfferFlow;
  /** What to draw. */
  state: OfferState = { status: 'idle' };
  readonly #host: ReactiveControllerHost & HTMLElement;

  constructor(host: ReactiveControllerHost & HTMLElement & OfferHost, options: StateOwnerOptions = {}) {
    this.#host = host;
    this.flow = new OfferFlow(host, options);
    this.flow.subscribe((state) => {
      this.state = state;
      host.requestUpdate();
    });
    host.addController(this);
  }

  hostConnected(): void {
    this.flow.start();
    this.#host.requestUpdate();
  }

  /** A move within the page disconnects and connects at once. Only an element that stays away stops. */
  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.flow.stop();
    });
  }
}
