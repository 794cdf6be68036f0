/** @jsxImportSource preact */
import type { JSX } from 'preact';
import 'upgrade-offer/preact';

export function right(): JSX.Element {
  return (
    <upgrade-offer
      key="storage"
      ref={(element) => element?.snooze()}
      class="offer"
      layout="modal"
      ifBusy="banner"
      manual={false}
      used={12}
      context={{ seats: 4, trial: true }}
      getToken={async () => 'a token'}
      onoffer-accept={(event) => event.option.label.toUpperCase()}
    >
      <p slot="locked">Ask your admin.</p>
    </upgrade-offer>
  );
}

export const wrong = [
  // @ts-expect-error There is no such layout.
  <upgrade-offer key={1} layout="popup" />,
  // @ts-expect-error Fields are not lists.
  <upgrade-offer key={2} context={{ seats: [4] }} />,
  // @ts-expect-error The event of an acceptance has no code.
  <upgrade-offer key={3} onoffer-accepted={(event) => event.code} />,
];
