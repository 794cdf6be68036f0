/** Tells the demo's timeline and its funnel what a flow fires. Those of an element they hear by themselves: it bubbles. */
import { useEffect } from 'react';
import { track } from '../../../widget/analytics/analytics.js';
import type { HeadlessOffer } from '../../../widget/headless/headless.js';
import { toFunnel } from '../funnel/adapter.js';
import { recordEventsOf } from '../timeline/panel.js';

export function useReports(flow: HeadlessOffer): void {
  useEffect(() => {
    const tracking = track(flow, toFunnel);
    const stopRecording = recordEventsOf(flow);
    return () => {
      tracking.stop();
      stopRecording();
    };
  }, [flow]);
}
