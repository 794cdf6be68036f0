import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';
import { getToken } from '../get-token.js';

@Component({
  selector: 'analytics-page',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <upgrade-offer feature="advanced-analytics" proxy="/upgrade-offer" [getToken]="getToken">
      <h2 slot="unlocked">Your dashboards</h2>
    </upgrade-offer>
  `,
})
export class AnalyticsPage {
  readonly getToken = getToken;
}
