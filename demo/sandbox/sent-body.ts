/** The body of a call, for the records: an object, whichever of the two encodings it had. `undefined` when it had none. */
import type { HonoRequest } from 'hono';
import { formAsObject } from './form-body.js';

export async function sentBody(request: HonoRequest): Promise<unknown> {
  if (request.method === 'GET') return undefined;
  const text = await request.text().catch(() => '');
  if (request.header('content-type')?.startsWith('application/x-www-form-urlencoded')) {
    return formAsObject(new URLSearchParams(text));
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
