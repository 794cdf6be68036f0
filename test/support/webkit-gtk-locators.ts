/** Vitest's locators in WebKitGTK: found in the page, and clicked at their screen position, so that clicks are trusted. */
import {
  getByAltTextSelector,
  getByLabelSelector,
  getByPlaceholderSelector,
  getByRoleSelector,
  getByTestIdSelector,
  getByTextSelector,
  getByTitleSelector,
  Locator,
  processTimeoutOptions,
  selectorEngine,
} from '@vitest/browser/locators';
import { page, server, type UserEventClickOptions } from 'vitest/browser';

let step = 4;

class WebKitGtkLocator extends Locator {
  readonly selector: string;
  readonly #element: Element | undefined;

  constructor(selector: string, element?: Element) {
    super();
    this.selector = selector;
    this.#element = element;
  }

  override click(options?: UserEventClickOptions): Promise<void> {
    return this.#press(1, options);
  }

  override dblClick(options?: UserEventClickOptions): Promise<void> {
    return this.#press(2, options);
  }

  async #press(times: number, options: UserEventClickOptions = {}): Promise<void> {
    const element = await this.#inPlace(options);
    const box = element.getBoundingClientRect();
    const frame = window.frameElement?.getBoundingClientRect();
    // WebKit treats two clicks at one place as a double click, even when they come from two tests.
    step = -step;
    const { x = box.width / 2 + step, y = box.height / 2 } = options.position ?? {};
    await this.triggerCommand('clickAt', box.x + x + (frame?.x ?? 0), box.y + y + (frame?.y ?? 0), times);
  }

  /** The element, once a click would arrive. One that is replaced while it is waited for is found again. */
  async #inPlace(options: UserEventClickOptions): Promise<Element> {
    for (;;) {
      const element = this.#element ?? (await this.findElement(processTimeoutOptions(options)));
      if (!options.force) await takesPointer(element);
      await standsStillInView(element);
      if (element.isConnected || this.#element) return element;
    }
  }

  protected override locator(selector: string): Locator {
    return new WebKitGtkLocator(`${this.selector} >> ${selector}`);
  }

  protected override elementLocator(element: Element): Locator {
    return new WebKitGtkLocator(selectorEngine.generateSelectorSimple(element), element);
  }
}

page.extend({
  getByLabelText: (text, options) => new WebKitGtkLocator(getByLabelSelector(text, options)),
  getByRole: (role, options) => new WebKitGtkLocator(getByRoleSelector(role, options)),
  getByTestId: (id) => new WebKitGtkLocator(getByTestIdSelector(server.config.browser.locators.testIdAttribute, id)),
  getByAltText: (text, options) => new WebKitGtkLocator(getByAltTextSelector(text, options)),
  getByPlaceholder: (text, options) => new WebKitGtkLocator(getByPlaceholderSelector(text, options)),
  getByText: (text, options) => new WebKitGtkLocator(getByTextSelector(text, options)),
  getByTitle: (text, options) => new WebKitGtkLocator(getByTitleSelector(text, options)),
  elementLocator: (element) => new WebKitGtkLocator(selectorEngine.generateSelectorSimple(element), element),
});

/** As Playwright does, waits until a click would arrive. */
async function takesPointer(element: Element): Promise<void> {
  while (getComputedStyle(element).pointerEvents === 'none') {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** As Playwright does, waits until two frames show it at the same place: a click beside a button that moves is lost. */
async function standsStillInView(element: Element): Promise<void> {
  const place = () => JSON.stringify(element.getBoundingClientRect());
  for (let before; before !== place();) {
    if (!isInView(element)) element.scrollIntoView({ block: 'center', behavior: 'instant' });
    before = place();
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

function isInView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= window.innerHeight;
}

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** @param x in CSS pixels of the window, as `y`. */
    clickAt(x: number, y: number, times: number): Promise<void>;
    // The commands that vitest's own `userEvent` and `page` send.
    __vitest_keyboard(text: string): Promise<{ unreleased: string[] }>;
    __vitest_tab(options: { shift?: boolean }): Promise<void>;
    __vitest_cleanup(): Promise<void>;
    __vitest_viewport(): Promise<void>;
  }
}
