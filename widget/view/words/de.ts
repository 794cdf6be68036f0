/** The widget's own words in German. */
import type { Strings } from './words.js';

export const de: Strings = {
  dismiss: 'Vielleicht später',
  close: 'Schließen',
  accepting: 'Moment…',
  interrupted: 'Das hat nicht geklappt. Bitte versuchen Sie es noch einmal; es wird nicht doppelt berechnet.',
  retry: 'Noch einmal versuchen',
  reload: 'Seite neu laden',
  pending: 'Ihr Upgrade wird eingerichtet. Sie können inzwischen weiterarbeiten.',
  overdue: 'Das dauert länger als sonst. Ihr Upgrade wird in Kürze freigeschaltet.',
  completed: 'Fertig. Ihr Upgrade ist aktiv.',
  redirect: 'Weiter zum nächsten Schritt…',
  checkout: 'Weiter zur Kasse…',
  continue: 'Fortfahren',
  resume: 'Sie können dort weitermachen, wo Sie aufgehört haben.',
  email: 'Vielen Dank. Der nächste Schritt ist in Ihrem Posteingang.',
  webhook: 'Vielen Dank. Wir haben Ihre Anfrage erhalten und richten alles für Sie ein.',
  alreadyAccepted: 'Dieses Angebot wurde bereits angenommen.',
  colleagueAccepted: 'Jemand aus Ihrem Team hat dieses Angebot bereits angenommen.',
  billingFailed:
    'Ihr Abonnement konnte nicht geändert werden. Bitte prüfen Sie Ihre Zahlungsdaten oder wenden Sie sich an uns.',
  checkoutAbandoned: 'Der Kauf wurde nicht abgeschlossen; es hat sich nichts geändert.',
  appFailed: 'Ihr Upgrade wurde nicht abgeschlossen. Versuchen Sie es noch einmal, oder wenden Sie sich an uns.',
  expired: 'Dieses Angebot ist abgelaufen.',
  internal: 'Bei uns ist etwas schiefgegangen. Bitte wenden Sie sich an uns; wir kümmern uns darum.',
  unsupported: 'Dieses Upgrade lässt sich hier nicht abschließen. Bitte wenden Sie sich an uns.',
};
