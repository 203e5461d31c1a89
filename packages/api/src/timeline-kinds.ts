import { EVENT_TIMELINE } from './activity/index.ts';
import { LOYALTY_TIMELINE } from './loyalty/index.ts';
import { MESSAGE_TIMELINE } from './messaging/index.ts';
import { CODE_TIMELINE, GRANT_TIMELINE } from './offers/index.ts';
import { ORDER_TIMELINE } from './orders/index.ts';
import { MERGE_TIMELINE, PROFILE_TIMELINE, type TimelineKind } from './profiles/index.ts';

/** Everything a shopper's timeline shows; each room tells its own kinds. */
export const TIMELINE_KINDS: readonly TimelineKind[] = [
  ...PROFILE_TIMELINE,
  MERGE_TIMELINE,
  ...LOYALTY_TIMELINE,
  ...ORDER_TIMELINE,
  ...CODE_TIMELINE,
  ...GRANT_TIMELINE,
  ...MESSAGE_TIMELINE,
  ...EVENT_TIMELINE,
];
