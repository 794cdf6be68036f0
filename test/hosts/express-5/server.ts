import express from 'express';
import { openOfferProxy, readConfig } from 'upgrade-offer/proxy';

const proxy = await openOfferProxy(readConfig(process.env));

const app = express();
app.use('/upgrade-offer', proxy.listener);
app.get('/api/report', proxy.requireEntitlement('advanced-analytics'), showReport);

const server = app.listen(Number(process.env['PORT']), '127.0.0.1');

process.once('SIGTERM', () => {
  server.close(() => proxy.close());
});

function showReport(_: express.Request, response: express.Response): void {
  response.send('the report');
}
