/**
 * How long a test may wait. A time-out only ends a test that hangs: it has to be long enough for a machine that does a lot
 * of other work at the same time. No test measures the machine; `npm run bench` does.
 */
export const PATIENT = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
};

/** For a browser to start; Playwright gives up after 30 seconds by itself. */
export const STARTS_WITHIN_MS = 120_000;
