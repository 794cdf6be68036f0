/**
 * A stand-in for Chargebee.js v2, which comes from Chargebee's servers only. It has the published types, and behaves as
 * https://www.chargebee.com/docs/js/cbinstanceobj-api-ref says: a checkout opens at the call, in a frame over the page or,
 * as on phones, in a window; it waits there for the hosted page. One that opens while another is open is not shown. A window
 * that the browser blocks is an error in the call or, as older reports have it, nothing at all. The page in it is the
 * sandbox's, which cannot speak to this one: so `pay` and `leave` say what the customer does there.
 */
import type CbInstance from '@chargebee/chargebee-js-types/cb-types/models/cb-instance';
import { onTestFinished } from 'vitest';
import type { ChargebeeJs } from '../../widget/flow/acceptance/checkout.js';

type OpenCheckoutOptions = Parameters<CbInstance['openCheckout']>[0];

/** What the widget calls is what Chargebee publishes. */
type Published = Pick<CbInstance, 'openCheckout' | 'closeAll'>;
const asUsed = (published: Published): ChargebeeJs => published;

export interface ChargebeeJsOptions {
  /** `window` as in the browsers of phones. */
  readonly opensIn?: 'frame' | 'window';
  /** The page's domain is not on Chargebee's list: callbacks are not called. */
  readonly isSilent?: boolean;
}

type Place = Pick<Window, 'close' | 'closed'> & { show(url: string): void };

interface Opened {
  readonly options: OpenCheckoutOptions;
  readonly place: Place;
  url?: string;
}

/** The page loads Chargebee.js and calls its `init`, until the test ends. */
export function loadChargebeeJs({ opensIn = 'frame', isSilent = false }: ChargebeeJsOptions = {}) {
  let opened: Opened | undefined;
  /** The hosted pages that were shown, in their order. */
  const shown: string[] = [];

  const instance: Published = {
    openCheckout(options) {
      if (opened) return;
      const place = opensIn === 'window' ? newWindow() : newFrame();
      const current: Opened = { options, place };
      opened = current;
      const { hostedPage } = options;
      if (typeof hostedPage !== 'function') throw new TypeError('openCheckout needs a function that brings the page.');
      hostedPage().then(
        ({ url }) => {
          if (opened !== current) return;
          current.url = url;
          shown.push(url);
          place.show(url);
          call(options.loaded);
        },
        () => {
          if (opened !== current) return;
          end();
          call(options.error);
        },
      );
    },
    closeAll() {
      const options = opened?.options;
      end();
      call(options?.close);
    },
  };

  function call(callback: (() => void) | undefined): void {
    if (!isSilent) callback?.();
  }

  function end(): void {
    opened?.place.close();
    opened = undefined;
  }

  async function choose(choice: 'pay' | 'cancel'): Promise<void> {
    if (!opened?.url) throw new Error('Failed to choose: no hosted page is open.');
    await fetch(opened.url, { method: 'POST', body: new URLSearchParams({ choice }), mode: 'no-cors' });
  }

  Reflect.set(window, 'Chargebee', { getInstance: () => asUsed(instance) });
  onTestFinished(() => {
    end();
    Reflect.deleteProperty(window, 'Chargebee');
  });

  return {
    shown,
    /** Whether the customer sees a checkout, or its loader. */
    isOpen: () => opened !== undefined && !opened.place.closed,
    async pay(): Promise<void> {
      const options = opened?.options;
      await choose('pay');
      if (!isSilent) options?.success?.(opened?.url?.split('/').at(-1) ?? '');
    },
    cancel: () => choose('cancel'),
    /** The customer closes it, whatever it shows. */
    leave: () => instance.closeAll(),
  };
}

function newFrame(): Place {
  const frame = document.createElement('iframe');
  frame.title = 'Chargebee checkout';
  document.body.append(frame);
  return {
    get closed() {
      return !frame.isConnected;
    },
    close: () => frame.remove(),
    show: (url) => void (frame.src = url),
  };
}

function newWindow(): Place {
  const opened = window.open('about:blank', 'chargebee');
  if (!opened) throw new Error('The browser blocked the window of the checkout.');
  return {
    get closed() {
      return opened.closed;
    },
    close: () => opened.close(),
    show: (url) => opened.location.replace(url),
  };
}
