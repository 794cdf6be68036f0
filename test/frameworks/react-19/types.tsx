/** @jsxImportSource react */
import type { JSX, Ref } from 'react';
import { useEntitlement, useOffer } from 'upgrade-offer/react';
import type { UpgradeOffer } from 'upgrade-offer';

export function right(ref: Ref<UpgradeOffer>): JSX.Element {
  return (
    <upgrade-offer
      key="storage"
      ref={ref}
      className="offer"
      lang="de"
      onClick={(event) => event.currentTarget.snooze()}
      layout="modal"
      ifBusy="banner"
      backdrop="dismiss"
      manual={false}
      used={12}
      feature={undefined}
      context={{ seats: 4, trial: true }}
      getToken={async () => 'a token'}
      strings={{ dismiss: 'Later' }}
      onoffer-accept={(event) => event.option.label.toUpperCase()}
      onoffer-error={({ error, code }) => console.warn(error.message, code)}
    >
      <p slot="locked">Ask your admin.</p>
    </upgrade-offer>
  );
}

export const wrong = [
  // @ts-expect-error There is no such layout.
  <upgrade-offer key={1} layout="popup" />,
  // @ts-expect-error getToken must return a promise.
  <upgrade-offer key={2} getToken={() => 'a token'} />,
  // @ts-expect-error Fields are not lists.
  <upgrade-offer key={3} context={{ seats: [4] }} />,
  // @ts-expect-error The event of an acceptance has no code.
  <upgrade-offer key={4} onoffer-accepted={(event) => event.code} />,
  // @ts-expect-error There is no such value.
  <upgrade-offer key={6} if-busy="never" />,
  // @ts-expect-error There is no such attribute.
  <upgrade-offer key={5} customer="cus_1" />,
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
