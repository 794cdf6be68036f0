import { describe, expect, it, vi } from 'vitest';
import { readOutcome } from '../../../../widget/flow/acceptance/outcome.js';
import { newCustomer } from '../../../support/customer.js';
import { placeUntil } from '../../../support/place.js';
import { ANALYTICS, anyCard, close, status, tryAgain, unlock } from '../../../support/widget-words.js';

describe('an outcome', () => {
  it.each([
    ['that is new to this widget', { status: 'gift', fulfillmentId: 'ful_1' }],
    ['whose name every object has', { status: 'toString', fulfillmentId: 'ful_1' }],
    ['that leads to a script', { status: 'redirect', fulfillmentId: 'ful_1', url: 'javascript:alert(1)' }],
    ['that leads out of TLS', { status: 'redirect', fulfillmentId: 'ful_1', url: 'http://shop.example/' }],
    ['that only looks local', { status: 'checkout', fulfillmentId: 'ful_1', url: 'http://localhost.example/' }],
    ['that leads nowhere', { status: 'redirect', fulfillmentId: 'ful_1' }],
    ['that is completed, with no id', { status: 'completed' }],
    ['that is pending, with no id', { status: 'pending', pollAfterMs: 1_000 }],
    ['that is new, with no id', { status: 'gift' }],
    ['that leads away, with no id', { status: 'redirect', url: 'https://app.example/upgrade' }],
    [
      'that opens a checkout without a page',
      { status: 'checkout', fulfillmentId: 'ful_1', url: 'https://pay.example/' },
    ],
    ['that goes elsewhere by an unknown way', { status: 'elsewhere', fulfillmentId: 'ful_1', channel: 'pigeon' }],
    ['that failed for a reason that is new', { status: 'failed', fulfillmentId: 'ful_1', code: 'card_declined' }],
    ['that failed without a reason', { status: 'failed', fulfillmentId: 'ful_1' }],
  ])('%s is a failure that the customer can read', (_, outcome) => {
    expect(readOutcome(outcome)).toMatchObject({ status: 'failed', code: 'unsupported' });
  });

  it('without an id has none afterwards, not one called "undefined"', () => {
    expect(readOutcome({ status: 'gift' })).toEqual({ status: 'failed', code: 'unsupported' });
  });

  it('of a checkout in a layout that is new is a full page', () => {
    const checkout = {
      status: 'checkout',
      fulfillmentId: 'ful_1',
      url: 'https://pay.example/',
      hostedPage: { id: 'hp_1', url: 'https://pay.example/' },
    };
    expect(readOutcome({ ...checkout, layout: 'in_the_sky' })).toEqual({ ...checkout, layout: 'full_page' });
  });

  it.each(['https://app.example/upgrade', 'http://localhost:5173/upgrade', 'http://127.0.0.1/upgrade'])(
    'may lead to %s',
    (url) => {
      const outcome = { status: 'redirect', fulfillmentId: 'ful_1', url };
      expect(readOutcome(outcome)).toEqual(outcome);
    },
  );

  it.each([
    { status: 'pending', fulfillmentId: 'ful_1', pollAfterMs: 1_000 },
    { status: 'completed', fulfillmentId: 'ful_1' },
  ])('that is $status may lead on, but never to a script', (outcome) => {
    const url = 'https://app.example/welcome';
    expect(readOutcome({ ...outcome, url })).toEqual({ ...outcome, url });
    expect(readOutcome({ ...outcome, url: 'javascript:alert(1)' })).toEqual(outcome);
  });

  it.each([undefined, null, 'completed', {}, []])('cannot be read from %j', (body) => {
    expect(() => readOutcome(body)).toThrow('the answer has no outcome');
  });
});

describe('nobody is shown the word "undefined"', () => {
  it.each([
    ['failed for a reason that is new', { status: 'failed', fulfillmentId: 'ful_1', code: 'card_declined' }],
    ['failed without a reason', { status: 'failed', fulfillmentId: 'ful_1' }],
    ['has a status that is new', { status: 'gift', fulfillmentId: 'ful_1' }],
    ['has a status that is new, and no id', { status: 'gift' }],
    ['is completed, and has no id', { status: 'completed' }],
    ['is pending, and has no id', { status: 'pending', pollAfterMs: 1_000 }],
    ['leads away, and has no id', { status: 'redirect', url: 'https://app.example/upgrade' }],
  ])('when the acceptance %s: the customer is told, and can go on', async (_, outcome) => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    const keeping = vi.spyOn(Storage.prototype, 'setItem');
    answerAcceptance(outcome);
    await unlock.click();
    await expect.element(status).toHaveTextContent('We can’t finish this here');
    expect(element.shadowRoot?.textContent).not.toContain('undefined');
    await expect.element(close).toBeVisible();
    await expect.element(tryAgain).not.toBeInTheDocument();
    for (const [, kept] of keeping.mock.calls) expect(kept).not.toContain('undefined');
    expect(sessionStorage).toHaveLength(0);
    await close.click();
    await expect.element(anyCard).not.toBeInTheDocument();
  });
});

/** The next acceptance has this outcome. No proxy of today sends it; a newer one may. */
function answerAcceptance(outcome: object): void {
  const send = window.fetch.bind(window);
  vi.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
    const response = await send(input, init);
    return String(input).endsWith('/fulfillments') ? Response.json(outcome) : response;
  });
}
