/**
 * `upgrade-offer/analytics`: sends what customers do with offers to the page's own analytics. The element never loads it.
 * One import for each adapter, so that a bundler leaves out the others. Imports nothing of the vendors.
 */
export { dataLayer } from './data-layer.js';
export { gtag } from './gtag.js';
export { posthog } from './posthog.js';
export { segment } from './segment.js';
export { track } from './track.js';
export type { DataLayer } from './data-layer.js';
export type { Gtag } from './gtag.js';
export type { PostHogClient } from './posthog.js';
export type { SegmentClient } from './segment.js';
export type { Adapter, TrackedEvent, TrackedType, Tracking } from './tracked-event.js';
