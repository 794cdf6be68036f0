/** A meter of how much is used up, below the words of the offer. */
import type { Ask, Extra, ExtrasHost } from './extra.js';
import sheet from './meter.css?inline';

/** The offer is not kept waiting longer for the level of the entitlement. */
const LEVEL_WITHIN_MS = 1_000;

/** From this share on, little is left. */
const NEARLY_FULL = 0.9;

/** The level of the entitlement, as the proxy has told it last. */
const levels = new WeakMap<ExtrasHost, number>();

export const extra: Extra = {
  sheet,

  async prepare(host, ask) {
    if (typeof host.meter !== 'string' || writtenIn(host.meter).limit) return;
    const level = host.feature ? await levelOf(host.feature, ask) : NaN;
    levels.set(host, level);
    if (!level) {
      console.warn(
        '<upgrade-offer> draws no meter: it found no limit. Write one, as in meter="100 GB", or set a feature with a quantity.',
      );
    }
  },

  add(drawn, { host, html }) {
    const { meter, used } = host;
    if (typeof meter !== 'string' || used === undefined) return drawn;
    const { limit: written, unit } = writtenIn(meter);
    const limit = written || levels.get(host);
    if (!limit) return drawn;
    const share = Math.min(used / limit, 1);
    const numbers = new Intl.NumberFormat(host.closest<HTMLElement>('[lang]')?.lang || undefined);
    const words = `${numbers.format(used)} / ${numbers.format(limit)} ${unit}`.trim();
    return {
      ...drawn,
      meter: html`
        <div
          part="meter-track"
          class=${share < NEARLY_FULL ? '' : 'nearly-full'}
          role="meter"
          aria-labelledby="title"
          aria-valuemin="0"
          aria-valuemax=${limit}
          aria-valuenow=${Math.min(used, limit)}
          aria-valuetext=${words}
        >
          <svg aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 1 1">
            <rect part="meter-fill" width=${share} height="1" />
          </svg>
        </div>
        <div part="meter-words" aria-hidden="true" dir="auto">${words}</div>
      `,
    };
  },
};

/** `100 GB`: the limit and its unit. */
function writtenIn(meter: string): { limit: number; unit: string } {
  const [, limit = '', unit = ''] = /^\s*([\d.]*)\s*(.*?)\s*$/.exec(meter) ?? [];
  return { limit: Number(limit), unit };
}

/** @returns NaN where it is no number, and where nobody can tell. */
async function levelOf(feature: string, ask: Ask): Promise<number> {
  try {
    const answer = await ask(['entitlements', feature], { signal: AbortSignal.timeout(LEVEL_WITHIN_MS) });
    return typeof answer === 'object' && answer !== null && 'value' in answer ? Number(answer.value) : NaN;
  } catch {
    return NaN;
  }
}
