import { openOfferProxy, readConfig } from 'upgrade-offer/proxy';

export const proxy = await openOfferProxy(readConfig(process.env));
