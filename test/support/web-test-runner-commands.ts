/**
 * Stands in for `@web/test-runner-commands`, which a part of @open-wc/testing that we do not use imports at load:
 * it talks to another test runner's server, which does not exist under vitest.
 */
async function unavailable(): Promise<never> {
  throw new Error("matchSnapshot of @open-wc needs web-test-runner; use vitest's toMatchSnapshot");
}

export { unavailable as getSnapshot, unavailable as getSnapshotConfig, unavailable as saveSnapshot };
