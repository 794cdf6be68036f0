export { default } from 'upgrade-offer/worker';
