/**
 * Webhooks of Chargebee Growth (HMAC). Chargebee does not document their form, so they are kept as they came, for the
 * operator to read. The only SQL of the table `growth_notices`.
 */
import { createHmac } from 'node:crypto';
import { timingSafeEqual } from 'hono/utils/buffer';
import { GROWTH_NOTICES_KEPT_MS } from '../constants.js';
import { RequestError } from '../errors.js';
import type { Log } from '../log.js';
import type { Store } from '../store/store.js';

interface GrowthWebhookOptions {
  /** Undefined: every webhook is refused. */
  readonly secret: string | undefined;
  readonly store: Store;
  readonly now: () => number;
  readonly log: Log;
}

/**
 * @returns `growthWebhook(signature, body)`. `signature` is the header `X-Hub-Signature`: the hex HMAC-SHA1 of the body,
 * with or without `sha1=` in front. It throws RequestError `wrong_webhook_credentials`.
 */
export function createGrowthWebhook({ secret, store, now, log }: GrowthWebhookOptions) {
  return async function growthWebhook(signature: string | undefined, body: string): Promise<void> {
    if (!(await isFromGrowth(signature, body))) throw new RequestError('wrong_webhook_credentials');
    await store.insertInto('growthNotices').values({ receivedAt: now(), body }).execute();
    await store
      .deleteFrom('growthNotices')
      .where('receivedAt', '<', now() - GROWTH_NOTICES_KEPT_MS)
      .execute();
    log.info({ bytes: body.length }, 'Chargebee Growth sent a webhook; it is kept in the table growth_notices.');
  };

  async function isFromGrowth(signature: string | undefined, body: string): Promise<boolean> {
    if (!secret || !signature) return false;
    const expected = createHmac('sha1', secret).update(body).digest('hex');
    return timingSafeEqual(signature.replace(/^sha1=/, '').toLowerCase(), expected);
  }
}
