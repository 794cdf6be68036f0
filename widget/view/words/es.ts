/** The widget's own words in Spanish. */
import type { Strings } from './words.js';

export const es: Strings = {
  dismiss: 'Quizá más tarde',
  close: 'Cerrar',
  accepting: 'Un momento…',
  interrupted: 'No se ha podido completar. Inténtelo de nuevo; no se le cobrará dos veces.',
  retry: 'Intentar de nuevo',
  reload: 'Recargar la página',
  pending: 'Estamos preparando su mejora. Puede seguir trabajando.',
  overdue: 'Está tardando más de lo habitual. Su mejora se aplicará en breve.',
  completed: 'Listo. Su mejora está activa.',
  redirect: 'Le llevamos al siguiente paso…',
  checkout: 'Le llevamos al pago…',
  continue: 'Continuar',
  resume: 'Puede seguir donde lo dejó.',
  email: 'Gracias. El siguiente paso está en su bandeja de entrada.',
  webhook: 'Gracias. Hemos recibido su solicitud y lo prepararemos todo.',
  alreadyAccepted: 'Esta oferta ya se ha aceptado.',
  colleagueAccepted: 'Alguien de su equipo ya ha aceptado esta oferta.',
  billingFailed: 'No se ha podido cambiar su suscripción. Revise sus datos de pago o póngase en contacto con nosotros.',
  checkoutAbandoned: 'El pago no se completó, así que nada ha cambiado.',
  appFailed: 'Su mejora no se ha completado. Puede intentarlo de nuevo o ponerse en contacto con nosotros.',
  expired: 'Esta oferta ha terminado.',
  internal: 'Algo ha fallado por nuestra parte. Póngase en contacto con nosotros y lo resolveremos.',
  unsupported: 'Esta mejora no se puede terminar aquí. Póngase en contacto con nosotros.',
};
