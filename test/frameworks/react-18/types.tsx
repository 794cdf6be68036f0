/** @jsxImportSource react */
import type { JSX, Ref } from 'react';
import { useEntitlement, useOffer } from 'upgrade-offer/react';
import type { UpgradeOffer } from 'upgrade-offer';

export function right(ref: Ref<UpgradeOffer>): JSX.Element {
  return (
    <upgrade-offer
      key="storage"
      ref={ref}
      lang="de"
      onClick={(event) => event.currentTarget.snooze()}
      layout="modal"
      if-busy="banner"
      backdrop="dismiss"
      manual=""
      used={12}
      context='{"seats": 4}'
    >
      <p slot="locked">Ask your admin.</p>
    </upgrade-offer>
  );
}

export const wrong = [
  // @ts-expect-error There is no such layout.
  <upgrade-offer key={1} layout="popup" />,
  // @ts-expect-error This React writes manual="false", which means true.
  <upgrade-offer key={2} manual={false} />,
  // @ts-expect-error This React writes context="[object Object]".
  <upgrade-offer key={3} context={{ seats: 4 }} />,
  // @ts-expect-error This React drops functions.
  <upgrade-offer key={4} getToken={async () => 'a token'} />,
  // @ts-expect-error This React does not support events of custom elements.
  <upgrade-offer key={5} onoffer-accepted={() => {}} />,
];

export function Card(): JSX.Element | null {
  const { state, flow } = useOffer({ feature: 'reports', context: { seats: 4 } });
  // @ts-expect-error There is no such layout.
  useOffer({ layout: 'popup' });
  if (state.status !== 'offered') return null;
  return (
    <section ref={flow.seen}>
      <button onClick={() => void flow.accept()}>{state.offer.options[0]?.label}</button>
    </section>
  );
}

export function Seats(): JSX.Element {
  const { access, value, refresh } = useEntitlement('seats', 4, { proxy: '/upgrade-offer' });
  // @ts-expect-error There is no such access.
  if (access === 'allowed') return <p />;
  return <button onClick={() => void refresh()}>{access === 'granted' ? value?.toUpperCase() : 'locked'}</button>;
}
