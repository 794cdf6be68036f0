import express from 'express';
import { openOfferProxy, readConfig } from 'upgrade-offer/proxy';

const proxy = await openOfferProxy(readConfig(process.env));

const app = express();
app.use(express.json({ limit: '2mb', verify: (request, _, rawBody) => void Object.assign(request, { rawBody }) }));
const shop = express.Router();
shop.use('/upgrade-offer', proxy.listener);
shop.get('/api/report', proxy.requireEntitlement('advanced-analytics'), showReport);
app.use('/shop', shop);

const server = app.listen(Number(process.env['PORT']), '127.0.0.1');

process.once('SIGTERM', () => {
  server.close(() => proxy.close());
});

function showReport(_: express.Request, response: express.Response): void {
  response.send('the report');
}
