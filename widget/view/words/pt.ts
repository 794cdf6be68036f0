/** The widget's own words in Portuguese. */
import type { Strings } from './words.js';

export const pt: Strings = {
  dismiss: 'Talvez mais tarde',
  close: 'Fechar',
  accepting: 'Um momento…',
  interrupted: 'Não foi possível concluir. Tente novamente; não haverá cobrança em duplicado.',
  retry: 'Tentar novamente',
  reload: 'Recarregar a página',
  pending: 'O seu upgrade está a ser preparado. Pode continuar a trabalhar.',
  overdue: 'Está a demorar mais do que o habitual. O seu upgrade será aplicado em breve.',
  completed: 'Tudo pronto. O seu upgrade está ativo.',
  redirect: 'A caminho do próximo passo…',
  checkout: 'A caminho do pagamento…',
  continue: 'Continuar',
  resume: 'Pode continuar de onde parou.',
  email: 'Obrigado. O próximo passo está na sua caixa de entrada.',
  webhook: 'Obrigado. Recebemos o seu pedido e vamos tratar de tudo.',
  alreadyAccepted: 'Esta oferta já foi aceite.',
  colleagueAccepted: 'Alguém da sua equipa já aceitou esta oferta.',
  billingFailed: 'Não foi possível alterar a sua assinatura. Verifique os dados de pagamento ou fale connosco.',
  checkoutAbandoned: 'O pagamento não foi concluído, por isso nada mudou.',
  appFailed: 'O seu upgrade não foi concluído. Pode tentar de novo ou falar connosco.',
  expired: 'Esta oferta terminou.',
  internal: 'Algo correu mal do nosso lado. Fale connosco e nós resolvemos.',
  unsupported: 'Este upgrade não pode ser concluído aqui. Fale connosco.',
};
