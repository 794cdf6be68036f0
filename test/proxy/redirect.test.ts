import { expect, it } from 'vitest';
import { isSafeRedirect } from '../../proxy/redirect.js';

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
])('a redirect to %s with the hosts %j is safe: %s', (url, hosts, isSafe) => {
  expect(isSafeRedirect(url, { hosts })).toBe(isSafe);
});
