/** An app that receives Chargebee's webhooks, and answers as the test says. */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { BillingEvent } from '../../demo/sandbox/billing-event.js';

export interface Received {
  readonly authorization: string | undefined;
  readonly event: BillingEvent;
}

export async function webhookReceiver() {
  const received: Received[] = [];
  let status = 200;
  const server = createServer(async (request, response) => {
    received.push({ authorization: request.headers.authorization, event: JSON.parse(await text(request)) });
    response.writeHead(status).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    types: () => received.map(({ event }) => event.event_type),
    answerWith: (wanted: number) => void (status = wanted),
  };
}
