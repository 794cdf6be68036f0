/**
 * An acceptance and what is shown of it come in one request. The flow and the view each import their own part, because the
 * flow knows no view, and that would be two requests. `access.ts` is asked there, and by `gate`.
 */
const PARTS =
  /[\\/]widget[\\/](flow[\\/](acceptance[\\/]|question[\\/]access\.)|view[\\/](outcome[\\/]|words[\\/]en\.))/;

/** A checkout over the page comes apart, with the few offers that lead to one. */
const CHECKOUT = /[\\/](in-app-checkout|checkout)\.ts$/;

/** What the parts import stays where it is: the page has it already. */
export const acceptanceChunk = {
  groups: [
    {
      name: 'acceptance',
      test: (id: string) => PARTS.test(id) && !CHECKOUT.test(id),
      includeDependenciesRecursively: false,
    },
  ],
};
