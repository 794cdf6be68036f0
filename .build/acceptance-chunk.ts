/**
 * An acceptance and what is shown of it come in one request. The flow and the view each import their own part, because the
 * flow knows no view, and that would be two requests. What watches an offer that is on the page comes with it. `access.ts` is
 * asked there, and by `gate`.
 */
const PARTS =
  /[\\/]widget[\\/](flow[\\/](acceptance[\\/]|offer[\\/](watch|viewability|expiry|other-tabs)\.|question[\\/]access\.)|view[\\/](outcome[\\/]|words[\\/]en\.))/;

/**
 * For few customers: a checkout over the page comes with an offer that leads to one, an earlier page with its receipt, and
 * unlocking with the offer for a feature.
 */
const APART = /[\\/](in-app-checkout|checkout|earlier-page|receipt|unlocking)\.(ts|css)/;

/** What the parts import stays where it is: the page has it already. */
export const acceptanceChunk = {
  groups: [
    {
      name: 'acceptance',
      test: (id: string) => PARTS.test(id) && !APART.test(id),
      includeDependenciesRecursively: false,
    },
  ],
};
