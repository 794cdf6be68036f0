/** The widget's own words in Japanese. */
import type { Strings } from './words.js';

export const ja: Strings = {
  dismiss: 'また後で',
  close: '閉じる',
  accepting: '処理中…',
  interrupted: '完了できませんでした。もう一度お試しください。二重に請求されることはありません。',
  retry: 'もう一度試す',
  reload: 'ページを再読み込みする',
  pending: 'アップグレードを設定しています。このまま作業を続けられます。',
  overdue: '通常より時間がかかっています。アップグレードはまもなく適用されます。',
  completed: '完了しました。アップグレードが有効になりました。',
  redirect: '次のステップに移動しています…',
  checkout: 'お支払い画面に移動しています…',
  continue: '続ける',
  resume: '中断したところから続けられます。',
  email: 'ありがとうございます。次の手順をメールでお送りしました。',
  webhook: 'ありがとうございます。ご依頼を承りました。こちらで設定いたします。',
  alreadyAccepted: 'このオファーはすでに承諾されています。',
  colleagueAccepted: 'チームのメンバーがすでにこのオファーを承諾しています。',
  billingFailed: 'サブスクリプションを変更できませんでした。お支払い情報をご確認いただくか、お問い合わせください。',
  checkoutAbandoned: 'お支払いが完了していないため、変更はありません。',
  appFailed: 'アップグレードは完了していません。もう一度お試しいただくか、お問い合わせください。',
  expired: 'このオファーは終了しました。',
  internal: 'こちら側で問題が発生しました。お問い合わせください。こちらで対応いたします。',
  unsupported: 'このアップグレードはここでは完了できません。お問い合わせください。',
};
