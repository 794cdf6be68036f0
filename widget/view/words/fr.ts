/** The widget's own words in French. */
import type { Strings } from './words.js';

export const fr: Strings = {
  dismiss: 'Peut-être plus tard',
  close: 'Fermer',
  accepting: 'Un instant…',
  interrupted: 'Cela n’a pas abouti. Réessayez ; vous ne serez pas débité deux fois.',
  retry: 'Réessayer',
  reload: 'Recharger la page',
  pending: 'Votre nouvelle formule se met en place. Vous pouvez continuer à travailler.',
  overdue: 'C’est plus long que d’habitude. Votre nouvelle formule sera bientôt active.',
  completed: 'C’est fait. Votre nouvelle formule est active.',
  redirect: 'Nous vous emmenons à l’étape suivante…',
  checkout: 'Nous vous emmenons au paiement…',
  continue: 'Continuer',
  resume: 'Vous pouvez reprendre là où vous en étiez.',
  email: 'Merci. La suite vous attend dans votre boîte de réception.',
  webhook: 'Merci. Nous avons bien reçu votre demande et nous nous occupons de tout.',
  alreadyAccepted: 'Cette offre a déjà été acceptée.',
  colleagueAccepted: 'Un membre de votre équipe a déjà accepté cette offre.',
  billingFailed: 'Votre abonnement n’a pas pu être modifié. Vérifiez votre moyen de paiement ou contactez-nous.',
  checkoutAbandoned: 'Le paiement n’a pas été terminé ; rien n’a changé.',
  appFailed: 'Votre nouvelle formule n’a pas été activée. Vous pouvez réessayer ou nous contacter.',
  expired: 'Cette offre est terminée.',
  internal: 'Une erreur s’est produite de notre côté. Contactez-nous, nous réglerons cela.',
  unsupported: 'Cette opération ne peut pas se terminer ici. Contactez-nous.',
};
