/** The icons that a page may choose by name. The arrow is the offer's own. */
import type { Extra, IconName } from './extra.js';

/** The path of each on a field of 24 by 24. */
const PATHS = {
  'arrow-up': undefined,
  lock: 'M7 11h10a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2m1 0V7.5a4 4 0 0 1 8 0V11',
  gauge: 'M5.6 19a9 9 0 1 1 12.8 0M12 14l4-4.5',
  users:
    'M16 20v-1.5a4 4 0 0 0-4-4H7a4 4 0 0 0-4 4V20M9.5 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 1 1 0-7M21 20v-1.5a4 4 0 0 0-3-3.9M15.5 4.6a3.5 3.5 0 0 1 0 6.8',
  sparkle: 'M12 3q1.1 7.9 9 9-7.9 1.1-9 9-1.1-7.9-9-9 7.9-1.1 9-9Z',
  gift: 'M4 8.5h16V12H4zM5.5 12v8h13v-8M12 8.5V20m0-11.5c-3 0-5-.8-5-2.7A1.9 1.9 0 0 1 9 4c1.9 0 3 2 3 4.5m0 0c3 0 5-.8 5-2.7A1.9 1.9 0 0 0 15 4c-1.9 0-3 2-3 4.5',
} satisfies Record<IconName, string | undefined>;

/** Each name that makes no sense is told once. */
const told = new Set<string>();

export const extra: Extra = {
  add(drawn, { host: { icon } }) {
    if (!icon) return drawn;
    if (isKnown(icon)) return { ...drawn, icon: PATHS[icon] };
    if (!told.has(icon)) {
      console.warn(`<upgrade-offer> ignores icon="${icon}". Use one of: ${Object.keys(PATHS).join(', ')}.`);
    }
    told.add(icon);
    return drawn;
  },
};

function isKnown(icon: string): icon is IconName {
  return Object.hasOwn(PATHS, icon);
}
