/**
 * Replaces `@web/test-runner-commands`, which @open-wc/testing imports for a part that we do not use. It connects to
 * another test runner's server, which does not exist under vitest.
 */
async function unavailable(): Promise<never> {
  throw new Error("matchSnapshot of @open-wc needs web-test-runner; use vitest's toMatchSnapshot");
}

export { unavailable as getSnapshot, unavailable as getSnapshotConfig, unavailable as saveSnapshot };
