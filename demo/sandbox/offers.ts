/**
 * Personalized offers: each is issued to one customer and subscription, expires, and has a cooldown once dismissed.
 * Chargebee documents neither duration, nor whether two fetches return the same id. Both durations are settings, and
 * every fetch returns a new id, because that is the hardest case for a client.
 */
import { ApiError, notFound } from './api-error.js';
import type { Play } from './plays.js';
import type { SettingsInForce } from './settings.js';
import type { Subject } from './subscriptions.js';

export interface IssuedOffer extends Subject {
  readonly id: string;
  readonly play: Play;
  /** Unix milliseconds. */
  readonly expires: number;
}

export interface Offers {
  /** Creates a personalized offer from the play's base offer. */
  issue(play: Play, subject: Subject): IssuedOffer;
  get(id: string): IssuedOffer | undefined;
  /** @throws ApiError `resource_not_found`. */
  find(id: string): IssuedOffer;
  /** @throws ApiError for an expired offer. That Chargebee refuses one is an assumption. */
  assertFresh(offer: IssuedOffer): void;
  dismiss(offer: IssuedOffer): void;
  isCoolingDown(play: Play, subject: Subject): boolean;
}

export function createOffers(now: () => number, settings: SettingsInForce, newId: () => string): Offers {
  const issued = new Map<string, IssuedOffer>();
  const dismissed = new Map<string, number>();
  const key = (play: Play, { customer_id, subscription_id }: Subject) =>
    JSON.stringify([play.name, customer_id, subscription_id]);

  return {
    issue(play, subject) {
      let id;
      do id = `${play.offer.id}_${newId()}`;
      while (issued.has(id));
      const offer = { ...subject, id, play, expires: now() + settings.current().offerLifetimeMs };
      issued.set(id, offer);
      return offer;
    },
    get: (id) => issued.get(id),
    find(id) {
      const offer = issued.get(id);
      if (!offer) throw notFound('Personalized offer', id, 'personalized_offer_id');
      return offer;
    },
    assertFresh({ id, expires }) {
      if (now() < expires) return;
      throw new ApiError('param_wrong_value', `personalized_offer_id : ${id} has expired`, 'personalized_offer_id');
    },
    dismiss: (offer) => void dismissed.set(key(offer.play, offer), now()),
    isCoolingDown(play, subject) {
      const at = dismissed.get(key(play, subject));
      return at !== undefined && now() < at + settings.current().cooldownMs;
    },
  };
}
