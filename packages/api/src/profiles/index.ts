export { markCodeDelivery } from './mark-code-delivery.ts';
