/** On every page of the app. The demo counts for itself only; a real app would ask its customers first. */
import { track } from '../../../widget/analytics/analytics.js';
import { toFunnel } from './adapter.js';

track(document, toFunnel);
