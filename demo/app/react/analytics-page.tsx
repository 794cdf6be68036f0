/** Shows either the analytics or what stands before them. */
import { useState } from 'react';
import type { Layout } from '../../../widget/headless/headless.js';
import { useOffer } from '../../../widget/headless/react.js';
import { getToken } from '../account.js';
import { Gate } from './gate.js';
import { LayoutChoice } from './layout-choice.js';
import { Report } from './report.js';
import { useReports } from './use-reports.js';

/** @param props.isUpgradeOpen the customer has accepted and not paid yet. */
export function AnalyticsPage({ isUpgradeOpen }: { isUpgradeOpen: boolean }) {
  const [layout, setLayout] = useState<Layout>('inline');
  const { state, flow } = useOffer({ feature: 'advanced-analytics', getToken, layout });
  useReports(flow);
  const isUnlocked = state.status === 'unlocked';
  return (
    <>
      <div className="heading">
        <h1>Analytics</h1>
        {!isUnlocked && <LayoutChoice layout={layout} onChoose={setLayout} />}
      </div>
      {isUnlocked ? (
        <div className="analytics">
          <Report />
        </div>
      ) : (
        <div className="gate">
          <div className="ghost" aria-hidden="true" inert>
            <Report />
          </div>
          <Gate state={state} flow={flow} layout={layout} isUpgradeOpen={isUpgradeOpen} />
        </div>
      )}
    </>
  );
}
