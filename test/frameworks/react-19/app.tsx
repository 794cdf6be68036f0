/** @jsxImportSource react */
import { useState } from 'react';
import 'upgrade-offer/react';
import { getToken } from '../get-token.js';

export function App() {
  const [page, setPage] = useState('Home');
  return (
    <>
      <nav>
        {['Home', 'Storage', 'Analytics'].map((name) => (
          <button key={name} onClick={() => setPage(name)}>
            {name}
          </button>
        ))}
      </nav>
      {page === 'Storage' && <Storage />}
      {page === 'Analytics' && <Analytics />}
    </>
  );
}

function Storage() {
  const [usedPercent, setUsedPercent] = useState(85);
  const [news, setNews] = useState('');
  return (
    <>
      <button onClick={() => setUsedPercent(40)}>Delete old files</button>
      <upgrade-offer
        layout="banner"
        proxy="/upgrade-offer"
        getToken={getToken}
        context={{ storage_used_percent: usedPercent }}
        onoffer-accepted={(event) => setNews(`Accepted: ${event.optionId}`)}
      >
        <small slot="footer">Cancel at any time.</small>
      </upgrade-offer>
      <p>{news}</p>
    </>
  );
}

function Analytics() {
  return (
    <upgrade-offer feature="advanced-analytics" proxy="/upgrade-offer" getToken={getToken}>
      <h2 slot="unlocked">Your dashboards</h2>
    </upgrade-offer>
  );
}
