/**
 * Webhooks of Chargebee Growth (HMAC). Chargebee does not document their form, so they are kept as they came, for the
 * operator to read. The only SQL of the table `growth_notices`.
 */
import { createHmac } from 'node:crypto';
import { timingSafeEqual } from 'hono/utils/buffer';
import { sql } from 'kysely';
import { GROWTH_NOTICES_KEPT_MS } from '../constants.js';
import { RequestError } from '../errors.js';
import type { Log } from '../log.js';
import type { Store } from '../store/store.js';

interface GrowthWebhookOptions {
  /** Any of them is taken. With none, every webhook is refused. */
  readonly secrets: readonly string[];
  readonly store: Store;
  readonly now: () => number;
  readonly log: Log;
}

/** A hex SHA-1, with or without `sha1=` in front. */
const SIGNATURE = /^(?:sha1=)?([0-9a-f]{40})$/i;

/** `signature` is the header `X-Hub-Signature`. Both functions throw RequestError `wrong_webhook_credentials`. */
export function createGrowthWebhook({ secrets, store, now, log }: GrowthWebhookOptions) {
  /** Before a body is read: strangers must not fill the memory. */
  function admit(signature: string | undefined): void {
    if (secrets.length === 0 || !SIGNATURE.test(signature ?? '')) refuse();
  }

  /** @param body its bytes, because another decoding would have another signature. */
  async function growthWebhook(signature: string | undefined, body: Uint8Array): Promise<void> {
    if (!(await isFromGrowth(signature, body))) refuse();
    // PostgreSQL takes no NUL in a text.
    const text = new TextDecoder().decode(body).replaceAll('\0', '\u{FFFD}');
    await store.insertInto('growthNotices').values({ receivedAt: now(), body: text }).execute();
    await store
      .deleteFrom('growthNotices')
      .where('receivedAt', '<', now() - GROWTH_NOTICES_KEPT_MS)
      .execute();
    log.info({ bytes: body.length }, 'Chargebee Growth sent a webhook; it is kept in the table growth_notices.');
  }

  async function isFromGrowth(signature: string | undefined, body: Uint8Array): Promise<boolean> {
    const [, sent] = SIGNATURE.exec(signature ?? '') ?? [];
    if (!sent) return false;
    const expected = secrets.map((secret) => createHmac('sha1', secret).update(body).digest('hex'));
    const matches = await Promise.all(expected.map((each) => timingSafeEqual(sent.toLowerCase(), each)));
    return matches.includes(true);
  }

  /** Removes those that name one of these ids. @returns how many that were. */
  async function forget(ids: readonly string[]): Promise<number> {
    const named = ids.map((id) => `%${JSON.stringify(id).replace(/[\\%_]/g, '\\$&')}%`);
    const { numDeletedRows } = await store
      .deleteFrom('growthNotices')
      .where(({ or }) => or(named.map((pattern) => sql<boolean>`body like ${pattern} escape '\\'`)))
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  return { admit, receive: growthWebhook, forget };
}

function refuse(): never {
  throw new RequestError('wrong_webhook_credentials');
}
