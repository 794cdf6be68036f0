/** Waits until an element with a mock is in the state that the mock is named for. */
import type { UpgradeOffer } from '../../widget/index.js';
import type { MockScenario } from '../../widget/flow/question/mock-scenario.js';

/** Call it before the element is on the page. */
export async function whenSettled(element: UpgradeOffer, mock: MockScenario): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const type of settling(mock)) element.addEventListener(type, () => resolve(), { once: true });
    if (mock.offers === 'silence') resolve();
  });
  await element.updateComplete;
}

function settling({ outcomes, isAccepted }: MockScenario): readonly string[] {
  const always = ['offer-none', 'offer-unlocked', 'offer-error', 'offer-accepted'];
  if (!isAccepted) return [...always, 'offer-ready'];
  return outcomes?.[0] === 'silence' ? [...always, 'offer-accept'] : always;
}
