import type { Context } from 'hono';
import type { Env, Facts } from './env.js';

/** Adds to what the log says of this request, so that the line says it also if the request fails later. */
export function note(c: Context<Env>, facts: Facts): void {
  c.set('facts', { ...c.get('facts'), ...facts });
}
