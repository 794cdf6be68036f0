'use client';
import 'upgrade-offer/define';
import { useEntitlement } from 'upgrade-offer/react';

const FEATURE = 'advanced-analytics';
const PROXY = '/shop/upgrade-offer';

export function Offer() {
  const { access } = useEntitlement(FEATURE, undefined, { proxy: PROXY });
  return (
    <>
      <p>Access: {access}</p>
      <upgrade-offer feature={FEATURE} proxy={PROXY}>
        <p slot="unlocked">Your dashboards</p>
      </upgrade-offer>
    </>
  );
}
