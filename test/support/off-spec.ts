/** Watches the stand-in for answers that are not in Chargebee's form, so that they fail the tests. */

export function watchForOffSpec() {
  const mistakes: string[] = [];
  return {
    onOffSpec: (mistake: string) => void mistakes.push(mistake),
    /** @throws an Error that names each such answer since the last call: the operation, the shape and the path in it. */
    assertNone(): void {
      const found = mistakes.splice(0);
      if (found.length > 0) throw new Error(`The stand-in is not like Chargebee. ${[...new Set(found)].join('\n')}`);
    },
  };
}
