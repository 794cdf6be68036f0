/** The sandbox's time, and the buttons that advance it. */
import { html } from 'hono/html';
import type { Clock } from '../clock.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../durations.js';

const STEPS = [
  [2 * MINUTE_MS, '2 minutes'],
  [HOUR_MS, '1 hour'],
  [3 * HOUR_MS, '3 hours'],
  [DAY_MS, '1 day'],
  [7 * DAY_MS, '7 days'],
] as const;

const UNITS = [
  [DAY_MS, 'day'],
  [HOUR_MS, 'hour'],
  [MINUTE_MS, 'minute'],
] as const;

export function clockCard(clock: Clock) {
  const now = new Date(clock.now());
  return html`<section class="card">
    <h2>Clock</h2>
    <p id="clock" data-live>
      <time datetime="${now.toISOString()}">
        ${now.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })},
        ${now.toLocaleTimeString('en-GB', { timeZone: 'UTC' })} UTC</time
      ><br />
      <span class="quiet small">${aheadInWords(clock.aheadMs())}</span>
    </p>
    <form method="post" action="/sandbox/pages/clock" class="lead">
      <p id="forward" class="small">Advance by</p>
      <div class="buttons" role="group" aria-labelledby="forward">
        ${STEPS.map(([ms, label]) => html`<button name="advanceMs" value="${ms}">${label}</button>`)}
      </div>
    </form>
  </section>`;
}

function aheadInWords(ms: number): string {
  let left = ms;
  const words = UNITS.flatMap(([unit, word]) => {
    const count = Math.floor(left / unit);
    left -= count * unit;
    return count > 0 ? [`${count} ${word}${count > 1 ? 's' : ''}`] : [];
  });
  return ms === 0 ? 'Real time.' : `${words.join(', ') || 'Less than a minute'} ahead of real time.`;
}
