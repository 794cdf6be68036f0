/** Ties a flow to an element: the element's life starts and stops the flow, and each change of its state redraws the element. */
import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';
import { OfferFlow } from './flow/offer-flow.js';
import type { OfferHost, StateOwnerOptions } from './flow/state-owner.js';

export class OfferController implements ReactiveController {
  readonly flow: OfferFlow;
  readonly #host: ReactiveControllerHost & HTMLElement;

  constructor(host: ReactiveControllerHost & HTMLElement & OfferHost, options: StateOwnerOptions = {}) {
    this.#host = host;
    this.flow = new OfferFlow(host, options);
    this.flow.subscribe(host.requestUpdate.bind(host));
    host.addController(this);
  }

  hostConnected(): void {
    this.flow.start();
  }

  /** A move within the page disconnects and connects at once. Only an element that stays away stops. */
  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.flow.stop();
    });
  }
}
