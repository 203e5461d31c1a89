export { anniversary } from './anniversary-leaf.ts';
export { boughtWithout } from './bought-without-leaf.ts';
export { ownInterval } from './own-interval-leaf.ts';
export { purchaseDate } from './purchase-date-leaf.ts';
export { purchases } from './purchases-leaf.ts';
