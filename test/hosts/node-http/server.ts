import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { openOfferProxy, readConfig } from 'upgrade-offer/proxy';

const proxy = await openOfferProxy(readConfig(process.env));

const server = createServer((request, response) => {
  proxy.listener(request, response, () => answer(request, response));
});
server.listen(Number(process.env['PORT']), '127.0.0.1');

process.once('SIGTERM', () => {
  server.close(() => proxy.close());
});

function answer(request: IncomingMessage, response: ServerResponse): void {
  const showReport = () => void response.end('the report');
  if (request.url === '/api/report') proxy.requireEntitlement('advanced-analytics')(request, response, showReport);
  else response.writeHead(404).end();
}
