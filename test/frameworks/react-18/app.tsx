/** @jsxImportSource react */
import { useLayoutEffect, useRef, useState } from 'react';
import type { OfferAcceptedEvent, UpgradeOffer } from 'upgrade-offer';
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
  const offer = useRef<UpgradeOffer>(null);

  // React 18 sets attributes only. A layout effect sets the properties before the element asks for an offer.
  useLayoutEffect(() => {
    const element = offer.current;
    if (!element) return;
    const handleAccepted = (event: OfferAcceptedEvent) => setNews(`Accepted: ${event.optionId}`);
    element.getToken = getToken;
    element.addEventListener('offer-accepted', handleAccepted);
    return () => element.removeEventListener('offer-accepted', handleAccepted);
  }, []);

  return (
    <>
      <button onClick={() => setUsedPercent(40)}>Delete old files</button>
      <upgrade-offer
        ref={offer}
        layout="banner"
        proxy="/upgrade-offer"
        context={JSON.stringify({ storage_used_percent: usedPercent })}
      >
        <small slot="footer">Cancel at any time.</small>
      </upgrade-offer>
      <p>{news}</p>
    </>
  );
}

function Analytics() {
  const giveToken = (element: UpgradeOffer | null) => {
    if (element) element.getToken = getToken;
  };
  return (
    <upgrade-offer ref={giveToken} feature="advanced-analytics" proxy="/upgrade-offer">
      <h2 slot="unlocked">Your dashboards</h2>
    </upgrade-offer>
  );
}
