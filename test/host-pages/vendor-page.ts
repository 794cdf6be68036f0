/** A page that measures its offers with the real packages of the vendors. Bundled by its test, which serves it. */
import { AnalyticsBrowser } from '@segment/analytics-next';
import { posthog as client } from 'posthog-js';
import { dataLayer, posthog, segment, track } from '../../widget/analytics/analytics.js';

/** Where the vendors' calls go. */
const collector = document.querySelector('meta[name=collector]')?.getAttribute('content') ?? '';

const analytics = AnalyticsBrowser.load({
  writeKey: 'write-key',
  cdnSettings: {
    integrations: {
      'Segment.io': { apiKey: 'write-key', apiHost: `${new URL(collector).host}/segment`, protocol: 'http' },
    },
  },
});

client.init('phc_key', {
  api_host: `${collector}/posthog`,
  autocapture: false,
  capture_pageview: false,
  capture_pageleave: false,
  disable_session_recording: true,
  disable_external_dependency_loading: true,
  advanced_disable_flags: true,
  request_batching: false,
  disable_compression: true,
  persistence: 'memory',
  // It takes a browser without a person for a robot.
  opt_out_useragent_filter: true,
});

let tracking: readonly { stop(): void }[] = [];

on('agree', () => {
  tracking = [segment(analytics), posthog(client), dataLayer()].map((adapter) => track(document, adapter));
});
on('withdraw', () => {
  for (const each of tracking) each.stop();
});
on('order', () => {
  void analytics.track('Page Ordered');
  client.capture('page ordered');
});

function on(id: string, run: () => void): void {
  document.querySelector(`#${id}`)?.addEventListener('click', run);
}
