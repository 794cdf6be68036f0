/** The widget's own words in Dutch. */
import type { Strings } from './words.js';

export const nl: Strings = {
  dismiss: 'Misschien later',
  close: 'Sluiten',
  accepting: 'Een ogenblik…',
  interrupted: 'Dat is niet gelukt. Probeer het opnieuw; er wordt niet twee keer afgeschreven.',
  retry: 'Opnieuw proberen',
  reload: 'Pagina opnieuw laden',
  pending: 'Uw upgrade wordt klaargezet. U kunt gewoon verder werken.',
  overdue: 'Dit duurt langer dan normaal. Uw upgrade wordt binnenkort doorgevoerd.',
  completed: 'Klaar. Uw upgrade is actief.',
  redirect: 'U gaat naar de volgende stap…',
  checkout: 'U gaat naar de betaalpagina…',
  continue: 'Doorgaan',
  resume: 'U kunt verder waar u gebleven was.',
  email: 'Bedankt. De volgende stap staat in uw inbox.',
  webhook: 'Bedankt. We hebben uw aanvraag ontvangen en regelen het voor u.',
  alreadyAccepted: 'Dit aanbod is al geaccepteerd.',
  colleagueAccepted: 'Een collega heeft dit aanbod al geaccepteerd.',
  billingFailed: 'Uw abonnement kon niet worden gewijzigd. Controleer uw betaalgegevens of neem contact met ons op.',
  checkoutAbandoned: 'De betaling is niet afgerond, dus er is niets veranderd.',
  appFailed: 'Uw upgrade is niet voltooid. U kunt het opnieuw proberen of contact met ons opnemen.',
  expired: 'Dit aanbod is afgelopen.',
  internal: 'Er ging bij ons iets mis. Neem contact met ons op; wij lossen het op.',
  unsupported: 'Deze upgrade kan hier niet worden afgerond. Neem contact met ons op.',
};
