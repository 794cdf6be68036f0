import { expect, it, onTestFinished } from 'vitest';
import { isSafeRedirect } from '../../proxy/redirect.js';
import { newCustomer } from '../support/customer.js';
import { startStack } from '../support/node-stack.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../support/proxy-client.js';

it.each([
  ['https://app.example/upgrade', [], true],
  ['http://localhost:5173/upgrade', [], true],
  ['http://127.0.0.1/upgrade', [], true],
  ['http://app.example/upgrade', [], false],
  ['http://localhost.evil.example/', [], false],
  ['javascript:alert(1)', [], false],
  ['data:text/html,hello', [], false],
  ['//app.example', [], false],
  ['', [], false],
  ['https://app.example/upgrade', ['app.example'], true],
  ['https://app.example.evil.example/', ['app.example'], false],
  ['https://app.example@evil.example/', ['app.example'], false],
  ['http://localhost:5173/', ['localhost:5173'], true],
  ['http://localhost:9999/', ['localhost:5173'], false],
  ['https://app.example/upgrade', ['App.Example'], true],
  ['https://app.example/upgrade', ['app.example:443'], true],
  ['https://app.example:8443/', ['app.example'], false],
  ['http://localhost/upgrade', ['localhost:80'], true],
  ['https://bücher.example/', ['bücher.example'], true],
])('a redirect to %s with the hosts %j is safe: %s', (url, hosts, isSafe) => {
  expect(isSafeRedirect(url, { hosts })).toBe(isSafe);
});

it.each([
  ['https://app.example/upgrade', (id: string) => `https://app.example/upgrade?fulfillment=${id}`],
  [
    'https://app.example/upgrade?plan=team#pay',
    (id: string) => `https://app.example/upgrade?plan=team&fulfillment=${id}#pay`,
  ],
  [
    'https://app.example/upgrade?name=two%20words&list=a+b&empty&tilde=~&sig=a%2Fb=',
    (id: string) => `https://app.example/upgrade?name=two%20words&list=a+b&empty&tilde=~&sig=a%2Fb=&fulfillment=${id}`,
  ],
  ['https://app.example/upgrade?fulfillment=old', (id: string) => `https://app.example/upgrade?fulfillment=${id}`],
])(
  "a redirect to %s tells the app's upgrade page which fulfillment it is for, when the setting says so",
  async (upgradeUrl, expected) => {
    const stack = await startStack({ settings: { REDIRECT_ID_PARAMETER: 'fulfillment' }, sandbox: { upgradeUrl } });
    onTestFinished(() => stack.close());
    const who = asCustomer(stack, await newCustomer('ordinary', { secret: stack.identitySecret }));
    const { offerId, optionId } = offered(await who.ask({ feature: 'advanced-analytics' }));

    const accepted = await who.accept(offerId, optionId);

    const id = fulfillmentIdOf(accepted);
    expect(accepted.body).toEqual({ status: 'redirect', fulfillmentId: id, url: expected(id) });
    expect((await who.outcome(id)).body).toMatchObject({ url: expected(id) });
    expect((await asServer(stack).complete(id)).status).toBe(200);
  },
);
