/** What `npm run walk` adds to the widget: each function says that it is entered, and does what it did. */
import { parseAst } from 'vite';
import { expect, it, onTestFinished } from 'vitest';
import { traceEntries } from '../measures/walk/trace-entries.js';

const CODE = `
  class Offer {
    #price = 7;
    constructor(name) { this.name = name; }
    get price() { return this.#price; }
    static of = (name) => new Offer(name);
    rename = async (name) => ({ ...this, name });
  }
  function double(value) { return value * 2; }
  const prices = (offers) => offers.map(({ price }) => double(price));
  const offer = Offer.of('Analytics');
  export default [offer.name, prices([offer]), (await offer.rename('Storage')).name];
`;

it('names each function where it is entered, in order, and changes nothing else', async () => {
  const entries: string[] = [];
  Reflect.set(globalThis, 'entered', (file: string, name: string) => entries.push(`${file} ${name}`));
  onTestFinished(() => void Reflect.deleteProperty(globalThis, 'entered'));
  expect(await evaluate(traceEntries(CODE, 'offer.ts', parseAst(CODE)))).toEqual(await evaluate(CODE));
  expect(entries).toEqual(
    ['of', 'constructor', 'prices', 'get price', 'prices', 'double', 'rename'].map((name) => `offer.ts ${name}`),
  );
});

async function evaluate(code: string): Promise<unknown> {
  const { default: value } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { default: unknown };
  return value;
}
