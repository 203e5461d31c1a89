import { LOYALTY_ROWS } from './loyalty/index.ts';
import { MESSAGE_ROWS } from './messaging/index.ts';
import { ORDER_ROWS } from './orders/index.ts';
import { PROFILE_ROWS, type ShopperRows } from './profiles/index.ts';

/** What becomes of every table of a shopper's when two profiles turn out to be one person, in this order. */
export const SHOPPER_ROWS: readonly ShopperRows[] = [
  ...PROFILE_ROWS,
  ...LOYALTY_ROWS,
  ...ORDER_ROWS,
  ...MESSAGE_ROWS,
  // What happened stays told of whom it was told.
  { table: 'outbox_event', atMerge: 'KEEP' },
];
