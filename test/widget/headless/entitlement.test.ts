/** `useEntitlement`: a component of React that draws a feature, or what stands in its place. */
import { oneEvent } from '@open-wc/testing/pure';
import { createElement, StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { EntitlementOptions } from '../../../widget/headless/entitlement-flow.js';
import { tellOtherTabs } from '../../../widget/flow/acceptance/tell-other-tabs.js';
import { pageMemory } from '../../../widget/flow/question/page-memory.js';
import { configure, createOfferFlow } from '../../../widget/headless/headless.js';
import { useEntitlement } from '../../../widget/headless/react.js';
import { newCustomer, type TestCustomer } from '../../support/customer.js';
import { callsTo, place } from '../../support/place.js';
import { ANALYTICS, completeInTheApp, grantElsewhere, sandbox, stack } from '../../support/widget-words.js';

const reports = page.getByLabelText('Reports');
const exporting = page.getByLabelText('Export');

interface Wanted extends EntitlementOptions {
  readonly feature?: string;
  readonly used?: number;
}

afterEach(async () => {
  pageMemory().said = undefined;
  await sandbox.behave();
});

it('asks once for all components of a page in strict mode, and not again when they are drawn again', async () => {
  const fetching = vi.spyOn(window, 'fetch');
  const { token } = await newCustomer('entitled');
  const draw = mount();
  draw({ getToken: async () => token });
  await expect.element(reports).toHaveTextContent('granted true');
  await expect.element(exporting).toHaveTextContent('granted true');
  const getToken = vi.fn(async () => token);
  draw({ getToken });
  await expect.poll(() => getToken.mock.calls.length).toBeGreaterThan(0);
  await expect.element(reports).toHaveTextContent('granted true');
  expect(callsTo(fetching, ANALYTICS)).toBe(1);
});

it('takes the proxy and the customer from configure(), and follows it to another customer', async () => {
  const [first, second] = [await newCustomer('entitled'), await newCustomer()];
  configure({ proxy: stack.proxyUrl, token: first.token });
  mount()({ proxy: undefined });
  await expect.element(reports).toHaveTextContent('granted');
  configure({ token: second.token });
  await expect.element(reports).toHaveTextContent('denied');
});

it('asks nothing and warns of nothing where getToken says that nobody is signed in, and asks once somebody is', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const fetching = vi.spyOn(window, 'fetch');
  const { token } = await newCustomer('entitled');
  const draw = mount();
  draw({ getToken: async () => undefined });
  await expect.element(reports).toHaveTextContent('unknown');
  expect(callsTo(fetching, ANALYTICS)).toBe(0);
  draw({ getToken: async () => token });
  await expect.element(reports).toHaveTextContent('granted');
  expect(warn).not.toHaveBeenCalled();
});

it('never says of one feature or customer what it knows of another', async () => {
  const [first, second] = [await newCustomer('entitled'), await newCustomer('entitled')];
  const draw = mount();
  draw({ token: first.token });
  await expect.element(reports).toHaveTextContent('granted');
  const said: string[] = [];
  const watch = new MutationObserver(() => said.push(reports.element().textContent));
  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  draw({ token: first.token, feature: 'no-such-feature' });
  await expect.poll(() => said.at(-1)).toMatch(/denied|unknown/);
  expect(said[0]).toBe('asking');
  draw({ token: second.token });
  await expect.element(reports).toHaveTextContent('granted');
  watch.disconnect();
});

it.each<[string, (customer: TestCustomer) => unknown]>([
  ['the element', (customer) => place({ customer, feature: ANALYTICS })],
  ['a headless flow', (customer) => flowOf(customer).ask()],
])('grants the feature once an offer of %s has brought it', async (_, comeBack) => {
  const customer = await newCustomer();
  mount()({ token: customer.token });
  await expect.element(reports).toHaveTextContent('denied');
  const flow = flowOf(customer);
  flow.ask();
  await expect.poll(() => flow.state.status).toBe('offered');
  await flow.accept();
  flow.stop();
  await completeInTheApp(customer);
  await comeBack(customer);
  await expect.element(reports).toHaveTextContent('granted true');
  await expect.element(exporting).toHaveTextContent('granted true');
});

it('hears of a purchase in another tab, and all components ask once: they once learned of it after a reload', async () => {
  const fetching = vi.spyOn(window, 'fetch');
  const customer = await newCustomer();
  mount()({ token: customer.token });
  await expect.element(reports).toHaveTextContent('denied');
  await expect.element(exporting).toHaveTextContent('denied');
  const before = callsTo(fetching, ANALYTICS);
  await grantElsewhere(customer);
  tellOtherTabs();
  await expect.element(reports).toHaveTextContent('granted true');
  await expect.element(exporting).toHaveTextContent('granted true');
  expect(callsTo(fetching, ANALYTICS)).toBe(before + 1);
});

it('holds no channel while its page is kept for Back, and asks again when the page is back', async () => {
  const fetching = vi.spyOn(window, 'fetch');
  const customer = await newCustomer();
  mount()({ token: customer.token });
  await expect.element(exporting).toHaveTextContent('denied');
  const before = callsTo(fetching, ANALYTICS);
  window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  await grantElsewhere(customer);
  const heard = new BroadcastChannel('upgrade-offer');
  onTestFinished(() => heard.close());
  const message = oneEvent(heard, 'message');
  tellOtherTabs();
  await message;
  expect(callsTo(fetching, ANALYTICS)).toBe(before);
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  await expect.element(reports).toHaveTextContent('granted');
  await expect.element(exporting).toHaveTextContent('granted');
});

it('asks again by refresh(), once for all components that asked the same', async () => {
  const fetching = vi.spyOn(window, 'fetch');
  const customer = await newCustomer();
  mount()({ token: customer.token });
  await expect.element(exporting).toHaveTextContent('denied');
  await grantElsewhere(customer);
  const before = callsTo(fetching, ANALYTICS);
  await reports.click();
  await expect.element(reports).toHaveTextContent('granted');
  await expect.element(exporting).toHaveTextContent('granted');
  expect(callsTo(fetching, ANALYTICS)).toBe(before + 1);
});

it('says unknown while nobody can tell, and asks again when the browser is back online', async () => {
  const warning = vi.spyOn(console, 'warn').mockReturnValue();
  const { token } = await newCustomer('entitled');
  const down = vi.spyOn(window, 'fetch').mockRejectedValue(new TypeError('no network'));
  mount()({ token });
  await expect.element(reports).toHaveTextContent('unknown');
  expect(warning).toHaveBeenCalledWith(expect.stringContaining(`may use "${ANALYTICS}"`));
  down.mockRestore();
  window.dispatchEvent(new Event('online'));
  await expect.element(reports).toHaveTextContent('granted');
});

it('asks with what is used up', async () => {
  const { token } = await newCustomer('entitled-unlimited');
  const fetching = vi.spyOn(window, 'fetch');
  mount()({ token, feature: 'storage-gb', used: 4 });
  await expect.element(reports).toHaveTextContent('granted unlimited');
  expect(fetching.mock.calls.map(([url]) => String(url))).toEqual([expect.stringMatching(/\/storage-gb\?used=4$/)]);
});

function Gate({ name, feature = ANALYTICS, used, ...options }: Wanted & { readonly name: string }): ReactNode {
  const { access, value = '', refresh } = useEntitlement(feature, used, options);
  return createElement('button', { 'aria-label': name, onClick: () => void refresh() }, `${access} ${value}`.trim());
}

function flowOf({ token }: TestCustomer) {
  const flow = createOfferFlow({ proxy: stack.proxyUrl, token, feature: ANALYTICS });
  // No test may leave the page that runs it.
  flow.addEventListener('offer-redirect', (event) => event.preventDefault());
  onTestFinished(flow.stop);
  return flow;
}

/** @returns draws two components with the same question, each time in strict mode. */
function mount(): (wanted: Wanted) => void {
  const home = document.body.appendChild(document.createElement('main'));
  const root = createRoot(home);
  onTestFinished(() => {
    root.unmount();
    home.remove();
  });
  return (wanted) => {
    const gates = ['Reports', 'Export'].map((name) =>
      createElement(Gate, { key: name, name, proxy: stack.proxyUrl, ...wanted }),
    );
    root.render(createElement(StrictMode, null, gates));
  };
}
