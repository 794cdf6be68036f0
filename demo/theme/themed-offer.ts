/** What the theme is tried on: it has one of each thing that a theme colours. */
import type { OfferWords } from '../preview/preview.js';

export const THEMED_OFFER: OfferWords = {
  title: 'Unlock Advanced Analytics',
  description:
    'See which teams use what, and where the time goes. <a href="https://app.example/analytics">What is in it</a>',
  labels: ['Unlock now', 'Talk to sales'],
};
