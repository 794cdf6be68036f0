/** @jsxImportSource solid-js */
import type { JSX } from 'solid-js';
import 'upgrade-offer/solid';

export function right(): JSX.Element {
  return (
    <upgrade-offer
      ref={(element) => element.snooze()}
      class="offer"
      layout="modal"
      if-busy="banner"
      used={12}
      prop:manual={false}
      prop:context={{ seats: 4, trial: true }}
      prop:getToken={async () => 'a token'}
      on:offer-accept={(event) => event.option.label.toUpperCase()}
    >
      <p slot="locked">Ask your admin.</p>
    </upgrade-offer>
  );
}

export const wrong = [
  // @ts-expect-error There is no such layout.
  <upgrade-offer layout="popup" />,
  // @ts-expect-error Fields are not lists.
  <upgrade-offer prop:context={{ seats: [4] }} />,
  // @ts-expect-error The event of an acceptance has no code.
  <upgrade-offer on:offer-accepted={(event) => event.code} />,
];
