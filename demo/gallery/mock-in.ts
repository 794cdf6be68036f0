/** A mock that speaks another language: Growth sends an offer in the customer's own, and so do the frames. */
import type { Offer } from '../../proxy/contract.js';
import type { MockScenario } from '../../widget/flow/question/mock-scenario.js';
import { pseudo } from './pseudo.js';
import { TRANSLATIONS } from './translations.js';

/** The very same where there is no offer, or no translation of it. */
export function mockIn(language: string, mock: MockScenario): MockScenario {
  const { offers } = mock;
  if (typeof offers === 'string' || 'problem' in offers || !offers.offer) return mock;
  return { ...mock, offers: { ...offers, offer: offerIn(language, offers.offer) } };
}

function offerIn(language: string, offer: Offer): Offer {
  if (language === 'pseudo') {
    const options = offer.options.map(({ id, label }) => ({ id, label: pseudo(label) }));
    return { ...offer, title: pseudo(offer.title), description: pseudo(offer.description), options };
  }
  const words = TRANSLATIONS[language];
  const [option] = offer.options;
  if (!words || !option || offer.title !== 'Unlock Advanced Analytics') return offer;
  const [title, description, label] = words;
  return { ...offer, title, description, options: [{ ...option, label }] };
}
