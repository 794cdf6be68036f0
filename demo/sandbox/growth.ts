/**
 * The operations of Chargebee Growth, without HTTP: parameters in, the body of the answer out.
 *
 * Assumed where Chargebee documents nothing: an event for an expired or accepted offer is recorded, and so is a second
 * `dismissed`; a second acceptance is a duplicate even after the offer has expired; every customer exists.
 */
import { notFound } from './api-error.js';
import { type Checkouts, hostedPage } from './checkouts.js';
import { mappedFields } from './field-mapping.js';
import { offerFulfillment, type Fulfillment, type Fulfillments } from './fulfillments.js';
import type { IssuedOffer, Offers } from './offers.js';
import type {
  FulfillmentReportParameters,
  OfferEventParameters,
  OfferFulfillmentParameters,
  PersonalizedOffersParameters,
} from './parameters.js';
import { matchingPlays, type Option } from './plays.js';
import type { PlaybookInForce } from './playbook.js';
import type { Journal } from './records.js';
import type { SettingsInForce } from './settings.js';
import type { Subscriptions } from './subscriptions.js';

export interface GrowthDependencies {
  readonly now: () => number;
  readonly settings: SettingsInForce;
  readonly playbook: PlaybookInForce;
  readonly subscriptions: Subscriptions;
  readonly offers: Offers;
  readonly fulfillments: Fulfillments;
  readonly checkouts: Checkouts;
  readonly journal: Journal;
}

export type Growth = ReturnType<typeof createGrowth>;

export function createGrowth(dependencies: GrowthDependencies) {
  const { now, settings, playbook, subscriptions, offers, fulfillments, checkouts, journal } = dependencies;
  const answer = (fulfillment: Fulfillment) => ({
    offer_fulfillment: offerFulfillment(fulfillment, fulfillments.statusOf(fulfillment)),
  });

  return {
    /** One offer or none: of the matching play with the highest priority that is neither accepted nor cooling down. */
    personalizedOffers(parameters: PersonalizedOffersParameters) {
      const subject = subscriptions.learn(parameters.customer_id, parameters.subscription_id);
      const { fields, ignored } = mappedFields(parameters, playbook.current().fields);
      if (ignored.length > 0) journal.ignored.push({ at: now(), ...subject, fields: ignored });
      const { plays, brand } = subscriptions.treatmentOf(subject.subscription_id);
      const play = matchingPlays(plays, fields).find(
        (each) => !fulfillments.isTaken(each, subject.subscription_id) && !offers.isCoolingDown(each, subject),
      );
      const issued = play && offers.issue(play, subject);
      if (issued) journal.offers.push({ at: now(), ...identityOf(issued), play: issued.play.name });
      return {
        personalized_offers: issued ? [personalizedOffer(issued)] : [],
        ...(brand && { brand }),
        expires_at: Math.floor((issued?.expires ?? now() + settings.current().offerLifetimeMs) / 1000),
      };
    },

    offerEvent({ personalized_offer_id, type }: OfferEventParameters): void {
      const offer = offers.find(personalized_offer_id);
      if (type === 'dismissed') offers.dismiss(offer);
      journal.events.push({ at: now(), ...identityOf(offer), type });
    },

    /**
     * @param origin where a checkout page can be opened.
     * @throws ApiError for an unknown offer or option, a duplicate acceptance, or an expired offer.
     */
    createFulfillment({ personalized_offer_id, option_id }: OfferFulfillmentParameters, origin: string) {
      const offer = offers.find(personalized_offer_id);
      const option = offer.play.offer.options.find(({ id }) => id === option_id);
      if (!option) throw notFound('Option', option_id, 'option_id');
      fulfillments.assertNotAccepted(offer);
      offers.assertFresh(offer);
      const fulfillment = fulfillments.create(offer, option);
      if (option.processing_type !== 'checkout') return answer(fulfillment);
      return {
        ...answer(fulfillment),
        hosted_page: hostedPage(checkouts.create(fulfillment, origin), settings.current().hostedPageLayout),
      };
    },

    retrieveFulfillment: (id: string) => answer(fulfillments.find(id)),

    updateFulfillment: (id: string, report: FulfillmentReportParameters) => answer(fulfillments.report(id, report)),
  };
}

function identityOf({ id, play, customer_id, subscription_id }: IssuedOffer) {
  return { customer_id, subscription_id, personalized_offer_id: id, offer_id: play.offer.id };
}

function personalizedOffer({ id, play: { offer } }: IssuedOffer) {
  return { id, offer_id: offer.id, content: offer.content, options: offer.options.map(offeredOption) };
}

/** The page after a `billing_update` is told only when the option has been chosen. */
function offeredOption({ id, label, processing_type, processing_layout = 'full_page', redirect_url }: Option) {
  return {
    id,
    label,
    processing_type,
    processing_layout,
    ...(processing_type === 'url_redirect' && redirect_url && { redirect_url }),
  };
}
