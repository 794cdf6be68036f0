/** The design systems whose variables are known, and which of them a stylesheet is of. */
import { BOOTSTRAP } from './bootstrap.js';
import { MATERIAL } from './material.js';
import { OPEN_PROPS } from './open-props.js';
import { RADIX } from './radix.js';
import { SHADCN } from './shadcn.js';
import type { System } from './system.js';
import { TAILWIND } from './tailwind.js';

/** Tailwind last: stylesheets of others are often built with it. */
export const SYSTEMS: readonly System[] = [SHADCN, BOOTSTRAP, MATERIAL, RADIX, OPEN_PROPS, TAILWIND];

export function systemIn(names: ReadonlySet<string>, text: string): System | undefined {
  return SYSTEMS.find((system) => system.isIn(names, text));
}
