// @ts-check
/**
 * Preloaded into a process (`node --import`) whose clock a test moves. Each SIGUSR2 sets it ahead of the real time by the next
 * of the milliseconds in $CLOCK_AHEAD_MS, such as `3600000,0`, and prints that.
 */
const aheads = (process.env['CLOCK_AHEAD_MS'] ?? '').split(',').map(Number);
const now = Date.now;
let aheadMs = 0;

Date.now = () => now() + aheadMs;

process.on('SIGUSR2', () => {
  aheadMs = aheads.shift() ?? 0;
  console.log(`The clock is ahead by ${aheadMs} ms.`);
});
