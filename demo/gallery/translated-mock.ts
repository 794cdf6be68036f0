/** A mock with its offer in another language, because Growth sends offers in the customer's language. */
import type { Offer } from '../../proxy/contract.js';
import type { MockScenario } from '../../widget/flow/question/mock-scenario.js';
import { pseudoLocalize } from './pseudo-locale.js';
import { TRANSLATIONS } from './translations.js';

/** The same mock when it has no offer, or there is no translation of it. */
export function translatedMock(language: string, mock: MockScenario): MockScenario {
  const { offers } = mock;
  if (typeof offers === 'string' || 'problem' in offers || !offers.offer) return mock;
  return { ...mock, offers: { ...offers, offer: offerIn(language, offers.offer) } };
}

function offerIn(language: string, offer: Offer): Offer {
  if (language === 'pseudo') {
    const options = offer.options.map((option) => ({ ...option, label: pseudoLocalize(option.label) }));
    return { ...offer, title: pseudoLocalize(offer.title), description: pseudoLocalize(offer.description), options };
  }
  const words = TRANSLATIONS[language];
  const [option] = offer.options;
  if (!words || !option || offer.title !== 'Unlock Advanced Analytics') return offer;
  const [title, description, label] = words;
  return { ...offer, title, description, options: [{ ...option, label }] };
}
