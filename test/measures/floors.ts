/** What the proxy is compared with: the least code that does the same kind of work with the same libraries. */
import { Hono } from 'hono';
import { jwtVerify } from 'jose';
import { Kysely, SqliteDialect, type Generated } from 'kysely';
import Database from 'libsql';
import { listen } from '../../proxy/run/listen.js';

const FLOORS: Readonly<Record<string, (...parameters: string[]) => Hono>> = {
  'pass-through': passThrough,
  'issued-offer': issuedOffer,
  'durable-insert': durableInsert,
};

const [name = '', ...parameters] = process.argv.slice(2);
const floor = FLOORS[name];
if (!floor) throw new Error(`Failed to start the floor "${name}": there are ${Object.keys(FLOORS).join(', ')}.`);
const { url } = await listen(floor(...parameters), { host: '127.0.0.1', port: 0 });
console.log(url);
process.once('SIGINT', () => process.exit(0));

/** Forwards the request to `upstream`, and its answer back. */
function passThrough(upstream = ''): Hono {
  const headers = { 'Content-Type': 'application/json' };
  return new Hono().post('/offers', async (c) => {
    const response = await fetch(`${upstream}/api/v2/personalized_offers`, {
      method: 'POST',
      headers,
      body: await c.req.text(),
    });
    return c.body(await response.text(), 200, headers);
  });
}

/**
 * What a proxy cannot leave out to answer with an issued offer: it checks the token, reads the question, reads one row, and
 * sends the row's offer as JSON.
 * @param file the store of a proxy that has issued the offers.
 * @param secret the key of their tokens.
 */
function issuedOffer(file = '', secret = ''): Hono {
  const key = new TextEncoder().encode(secret);
  const claims = { algorithms: ['HS256'], requiredClaims: ['exp', 'sub', 'subscription_id'] };
  const row = new Database(file).prepare<[subscriptionId: unknown, at: number]>(
    'select offer from issued_offers where subscription_id = ? and expires_at > ? and ended_at is null limit 1',
  );
  return new Hono().post('/offers', async (c) => {
    const token = c.req.header('Authorization')?.slice('Bearer '.length) ?? '';
    const { payload } = await jwtVerify(token, key, claims);
    await c.req.json();
    const { offer } = row.get(payload['subscription_id'], Date.now()) as { offer: string };
    return c.json({ offer: JSON.parse(offer) });
  });
}

/** Writes one row to the disk before it answers. */
function durableInsert(file = ''): Hono {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('create table events (id integer primary key, offerId text, type text, at integer)');
  const store = new Kysely<{ events: { id: Generated<number>; offerId: string; type: string; at: number } }>({
    dialect: new SqliteDialect({ database }),
  });
  return new Hono().post('/offers/:id/events', async (c) => {
    const { type } = await c.req.json<{ type: string }>();
    await store
      .insertInto('events')
      .values({ offerId: c.req.param('id'), type, at: Date.now() })
      .execute();
    return c.body(null, 202);
  });
}
