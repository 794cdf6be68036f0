/** The sandbox's time, and the buttons that let it pass. */
import { html } from 'hono/html';
import type { Parts } from '../sandbox.js';

const HOUR_MS = 60 * 60 * 1000;

const STEPS = [
  [2 / 60, '2 minutes'],
  [1, '1 hour'],
  [3, '3 hours'],
  [24, '1 day'],
  [7 * 24, '7 days'],
] as const;

const UNITS = [
  [24 * HOUR_MS, 'day'],
  [HOUR_MS, 'hour'],
  [HOUR_MS / 60, 'minute'],
] as const;

export function clockCard({ clock }: Pick<Parts, 'clock'>) {
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
      <p id="forward" class="small">Put it forward by</p>
      <div class="buttons" role="group" aria-labelledby="forward">
        ${STEPS.map(([hours, label]) => html`<button name="advanceMs" value="${hours * HOUR_MS}">${label}</button>`)}
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
  return ms === 0 ? 'The real time.' : `${words.join(', ') || 'Less than a minute'} ahead of the real time.`;
}
