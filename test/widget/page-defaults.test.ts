/** What a page says once for all its elements and flows: `configure()` and `<meta name="upgrade-offer">`. */
import { createElement, useEffect, useRef } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { afterEach, describe, expect, it, onTestFinished, vi, type MockInstance } from 'vitest';
import { page } from 'vitest/browser';
import { pageMemory } from '../../widget/flow/question/page-memory.js';
import { createOfferFlow, configure as configureHeadless } from '../../widget/headless/headless.js';
import { configure, gate, UpgradeOffer } from '../../widget/index.js';
import '../../widget/define.js';
import { newCustomer } from '../support/customer.js';
import { callsTo } from '../support/place.js';
import { ANALYTICS, analyticsCard, analyticsDialog, analyticsTitle, eventsOf, stack } from '../support/widget-words.js';

const BUILT_IN = { layout: 'inline', feature: undefined, used: undefined, context: undefined, manual: false };

afterEach(() => {
  for (const left of document.querySelectorAll('upgrade-offer')) left.remove();
  pageMemory().said = undefined;
});

describe('what an element says itself', () => {
  it('beats configure(), which beats the meta, which beats what is built in', () => {
    writeMeta('backdrop=dismiss, support-href=/help');
    configure({ supportHref: '/support' });
    const plain = add();
    const own = add({ supportHref: 'mailto:help@app.example', backdrop: 'none' });
    expect(plain).toMatchObject({ supportHref: '/support', backdrop: 'dismiss', ifBusy: 'wait' });
    expect(own).toMatchObject({ supportHref: 'mailto:help@app.example', backdrop: 'none' });
    own.removeAttribute('support-href');
    own.setAttribute('backdrop', 'fly');
    expect(own).toMatchObject({ supportHref: 'mailto:help@app.example', backdrop: 'dismiss' });
    configure({ supportHref: undefined });
    expect(plain.supportHref).toBeUndefined();
  });
});

describe('the properties of the element', () => {
  it('are made by Lit alone: its development build warns of a class that makes them itself', () => {
    expect(Object.hasOwn(UpgradeOffer, 'getPropertyDescriptor')).toBe(false);
  });
});

describe('configure()', () => {
  it('brings the proxy and the customer to an element and to a headless flow', async () => {
    const customer = await newCustomer();
    configureHeadless({ proxy: stack.proxyUrl, getToken: async () => customer.token });
    add({ feature: ANALYTICS });
    await expect.element(analyticsCard).toBeVisible();
    const flow = createOfferFlow({ feature: ANALYTICS });
    onTestFinished(flow.stop);
    flow.ask();
    await expect.poll(() => flow.state).toMatchObject({ status: 'held', by: 'shown_elsewhere' });
  });

  it('reaches an element that React hydrates, on which React sets nothing: it once asked as nobody', async () => {
    const fetching = vi.spyOn(window, 'fetch');
    const place = document.body.appendChild(document.createElement('main'));
    const heard = vi.fn();
    function Reports() {
      const element = useRef<UpgradeOffer>(null);
      useEffect(() => {
        const offer = element.current;
        offer?.addEventListener('offer-viewed', heard);
        return () => offer?.removeEventListener('offer-viewed', heard);
      }, []);
      return createElement('upgrade-offer', { ref: element, feature: ANALYTICS });
    }
    const customer = await newCustomer();
    configure({ proxy: stack.proxyUrl, getToken: async () => customer.token });
    place.innerHTML = `<upgrade-offer feature="${ANALYTICS}"></upgrade-offer>`;
    const root = hydrateRoot(place, createElement(Reports));
    onTestFinished(() => place.remove());
    await expect.element(analyticsCard).toBeVisible();
    await expect.poll(() => heard.mock.calls.length).toBe(1);
    expect(callsTo(fetching, '/offers')).toBe(1);
    root.unmount();
  });

  it('reaches what is on the page at once: words are drawn again without a question', async () => {
    const fetching = vi.spyOn(window, 'fetch');
    const { token } = await newCustomer();
    configure({ proxy: stack.proxyUrl, token });
    const element = add({ feature: ANALYTICS });
    await expect.element(page.getByRole('button', { name: 'Not now' })).toBeVisible();
    configure({ lang: 'de', strings: { dismiss: 'Danke, nein' } });
    await expect.element(page.getByRole('button', { name: 'Danke, nein' })).toBeVisible();
    expect(element.lang).toBe('de');
    configure({ lang: undefined, strings: undefined });
    await expect.element(page.getByRole('button', { name: 'Not now' })).toBeVisible();
    expect(callsTo(fetching, '/offers')).toBe(1);
  });

  it('gives an element the language around it back: it once had an empty one, and spoke English', async () => {
    const { documentElement: html } = document;
    const before = html.lang;
    onTestFinished(() => void (html.lang = before));
    html.lang = 'de';
    configure({ lang: 'fr' });
    const element = add({ mock: 'one-option' });
    await expect.element(page.getByRole('button', { name: 'Pas maintenant' })).toBeVisible();
    configure({ lang: undefined });
    await expect.element(page.getByRole('button', { name: 'Nicht jetzt' })).toBeVisible();
    expect(element.getAttribute('lang')).toBeNull();
  });

  it('leaves an element the language that it has', async () => {
    const element = add({ manual: true, lang: 'fr' });
    configure({ lang: 'de' });
    await element.updateComplete;
    expect(element.lang).toBe('fr');
  });

  it('asks again as another customer', async () => {
    const [first, second] = [await newCustomer(), await newCustomer('entitled')];
    configure({ proxy: stack.proxyUrl, token: first.token });
    const element = add({ feature: ANALYTICS });
    element.innerHTML = '<p slot="unlocked">The reports</p>';
    await expect.element(analyticsCard).toBeVisible();
    configure({ token: second.token });
    await element.updateComplete;
    expect(analyticsCard.query()).toBeNull();
    await expect.element(page.getByText('The reports')).toBeVisible();
  });

  it('tells gate() who the customer is, on a page without an element', async () => {
    const [first, second] = [await newCustomer(), await newCustomer()];
    configure({ proxy: stack.proxyUrl, token: first.token });
    expect(await gate(ANALYTICS, vi.fn())).toBe('denied');
    await expect.element(analyticsDialog).toBeVisible();
    await expect.poll(() => eventsOf(first)).toEqual(['viewed']);
    // The dialog follows the page, too.
    configure({ token: second.token });
    await document.querySelector('upgrade-offer')?.updateComplete;
    expect(analyticsTitle.query()).toBeNull();
  });

  it('names in the console what it does not know, and what makes no sense', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const options = { suportHref: '/help', backdrop: 'fly', token: undefined };
    Reflect.apply(configure, undefined, [options]);
    await expect.poll(() => warn).toHaveBeenCalledTimes(2);
    expect(warn).toHaveBeenCalledWith(
      expect.stringContaining('ignores the page-wide default suportHref="/help". configure() takes proxy, token,'),
    );
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('backdrop="fly". Use one of: snooze, dismiss, none.'));
    expect(add({ manual: true }).backdrop).toBe('snooze');
  });
});

describe('what is not for the whole page', () => {
  it('never acts, and is explained once', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const theElementsOwn = { layout: 'modal', feature: ANALYTICS, used: 5, context: { plan: 'basic' }, manual: true };
    Reflect.apply(configure, undefined, [theElementsOwn]);
    const element = add({ feature: undefined });
    expect(element).toMatchObject(BUILT_IN);
    await expect.poll(() => explained(warn)).toEqual(['layout', 'feature', 'used', 'context', 'manual']);
    configure({ supportHref: '/help' });
    await element.updateComplete;
    expect(element).toMatchObject({ ...BUILT_IN, supportHref: '/help' });
    expect(explained(warn)).toHaveLength(5);
  });

  it('never acts in the meta either', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    writeMeta('layout=modal, feature=advanced-analytics, used=5, context={}, manual=true, support-href=/help');
    const element = add({ feature: undefined });
    expect(element).toMatchObject({ ...BUILT_IN, supportHref: '/help' });
    await expect.poll(() => explained(warn)).toEqual(['layout', 'feature', 'used', 'context', 'manual']);
    expect(element).toMatchObject({ ...BUILT_IN, supportHref: '/help' });
  });
});

describe('the meta', () => {
  it('has the attributes as names, and may have spaces and a comma at its end', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    writeMeta(' proxy = https://app.example/offers?a=b , lang=de,done-href=/reports,');
    expect(add({ manual: true })).toMatchObject({ proxy: 'https://app.example/offers?a=b', doneHref: '/reports' });
    expect(warn).not.toHaveBeenCalled();
  });

  it.each(['done-ref=/reports', 'https://app.example/offers', 'getToken=fetchToken'])(
    'with %s is explained in the console',
    async (content) => {
      const warn = vi.spyOn(console, 'warn').mockReturnValue();
      writeMeta(content);
      add({ manual: true });
      await expect.poll(() => warn).toHaveBeenCalledWith(expect.stringContaining('ignores the page-wide default'));
    },
  );
});

function add(settings: Partial<UpgradeOffer> = {}): UpgradeOffer {
  const element = Object.assign(document.createElement('upgrade-offer'), settings);
  document.body.append(element);
  return element;
}

/** The page-wide defaults that the console says are ignored. */
function explained(warn: MockInstance<typeof console.warn>): string[] {
  return warn.mock.calls.flatMap(([words]) => /page-wide default (\w+)=/.exec(String(words))?.[1] ?? []);
}

function writeMeta(content: string): void {
  const meta = Object.assign(document.createElement('meta'), { name: 'upgrade-offer', content });
  document.head.append(meta);
  // It is read once, and an element of an earlier test may have done it.
  pageMemory().said = undefined;
  onTestFinished(() => meta.remove());
}
