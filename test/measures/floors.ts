/** What the proxy is measured against: the least that could do the same kind of work, on the same libraries. */
import { Hono } from 'hono';
import { Kysely, SqliteDialect, type Generated } from 'kysely';
import Database from 'libsql';
import { listen } from '../../proxy/run/listen.js';

const [floor, parameter = ''] = process.argv.slice(2);
const app = floor === 'pass-through' ? passThrough(parameter) : durableInsert(parameter);
const { url } = await listen(app, { host: '127.0.0.1', port: 0 });
console.log(url);
process.once('SIGINT', () => process.exit(0));

/** Hands the request on to `upstream` and its answer back. */
function passThrough(upstream: string): Hono {
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

/** One row, on the disk before it is answered. */
function durableInsert(file: string): Hono {
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
