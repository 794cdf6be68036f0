/** Runs in the page before its scripts, and records which functions are entered from the first click on. */

/** What the page has recorded. */
export interface Walk {
  /** In the order in which they were entered. */
  readonly entries: readonly (readonly [file: string, name: string])[];
  /** How many of them came before the acceptance's request. */
  readonly untilRequest: number;
  /** How many came before the frame that shows the outcome. */
  readonly untilOutcome: number;
}

declare global {
  interface Window {
    entered?: (file: string, name: string) => void;
    /** Set once the outcome has been painted. */
    walk?: Walk;
  }
}

/** Playwright sends the function's source text to the page, so it may use nothing from this file. */
export function recordWalk(): void {
  const entries: [file: string, name: string][] = [];
  let untilRequest = 0;
  let isAnswered = false;
  const send = window.fetch;

  window.addEventListener('click', () => (window.entered = (file, name) => void entries.push([file, name])), {
    capture: true,
    once: true,
  });

  window.fetch = async function fetchAndNote(input, init) {
    const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
    const isAcceptance = pathname.endsWith('/fulfillments');
    if (isAcceptance) {
      untilRequest = entries.length;
      watchStatus();
    }
    const response = await send(input, init);
    if (isAcceptance) isAnswered = true;
    return response;
  };

  /** The element announces the outcome in a live region, so this needs to know no file by name. */
  function watchStatus(): void {
    const root = document.querySelector('upgrade-offer')?.shadowRoot;
    if (!root) return;
    const observer = new MutationObserver(() => {
      if (!isAnswered || !root.querySelector('[role=status]')?.textContent?.trim()) return;
      observer.disconnect();
      // A task that starts in the next frame's callback runs after that frame has been painted.
      requestAnimationFrame(() =>
        setTimeout(() => (window.walk = { entries, untilRequest, untilOutcome: entries.length })),
      );
    });
    observer.observe(root, { subtree: true, childList: true, characterData: true });
  }
}
