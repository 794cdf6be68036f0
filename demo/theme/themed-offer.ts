/** The offer in the theme's previews. It has one of everything that a theme styles. */
import type { OfferWords } from '../preview/preview.js';

export const THEMED_OFFER: OfferWords = {
  title: 'Unlock Advanced Analytics',
  description:
    'See which teams use what, and where the time goes. <a href="https://app.example/analytics">What you get</a>',
  labels: ['Unlock now', 'Talk to sales'],
};
