import { Component, computed, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core';
import type { OfferAcceptedEvent } from 'upgrade-offer';
import { getToken } from '../get-token.js';

@Component({
  selector: 'storage-page',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <button (click)="usedPercent.set(40)">Delete old files</button>
    <upgrade-offer
      layout="banner"
      proxy="/upgrade-offer"
      [getToken]="getToken"
      [context]="context()"
      (offer-accepted)="handleAccepted($event)"
    >
      <small slot="footer">Cancel at any time.</small>
    </upgrade-offer>
    <p>{{ news() }}</p>
  `,
})
export class StoragePage {
  readonly getToken = getToken;
  readonly usedPercent = signal(85);
  readonly context = computed(() => ({ storage_used_percent: this.usedPercent() }));
  readonly news = signal('');

  handleAccepted(event: OfferAcceptedEvent): void {
    this.news.set(`Accepted: ${event.optionId}`);
  }
}
