import type { OfferProxy } from 'upgrade-offer/proxy';

declare global {
  namespace App {
    interface Locals {
      proxy: OfferProxy;
    }
  }
}
