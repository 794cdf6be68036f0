/** A request whose answer is left as it came: `fetch` decodes bodies, and hides that. */
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Wire {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

export function wire(url: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Wire> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers }, (response) => {
      buffer(response).then(
        (body) => resolve({ status: response.statusCode, headers: response.headers, body }),
        reject,
      );
    })
      .on('error', reject)
      .end();
  });
}
