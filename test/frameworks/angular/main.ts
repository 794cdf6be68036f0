// Compiles the templates in the browser, instead of with Angular's command line.
import '@angular/compiler';
import { bootstrapApplication } from '@angular/platform-browser';
import 'upgrade-offer/define';
import { App } from './app.js';

await bootstrapApplication(App);
