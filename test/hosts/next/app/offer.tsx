'use client';
import 'upgrade-offer/define';
import 'upgrade-offer/react';

export function Offer() {
  return (
    <upgrade-offer feature="advanced-analytics" proxy="/shop/upgrade-offer">
      <p slot="unlocked">Your dashboards</p>
    </upgrade-offer>
  );
}
