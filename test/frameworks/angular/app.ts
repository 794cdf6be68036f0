import { Component, signal } from '@angular/core';
import { AnalyticsPage } from './analytics-page.js';
import { StoragePage } from './storage-page.js';

@Component({
  selector: 'app-root',
  imports: [AnalyticsPage, StoragePage],
  template: `
    <nav>
      @for (name of pages; track name) {
        <button (click)="page.set(name)">{{ name }}</button>
      }
    </nav>
    @if (page() === 'Storage') {
      <storage-page />
    }
    @if (page() === 'Analytics') {
      <analytics-page />
    }
  `,
})
export class App {
  readonly pages = ['Home', 'Storage', 'Analytics'];
  readonly page = signal('Home');
}
