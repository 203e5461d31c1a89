import { COMPANY_ATTENTION, type AttentionSource } from './company/index.ts';
import { EXCHANGE_ATTENTION } from './exchange/index.ts';
import { LOYALTY_ATTENTION } from './loyalty/index.ts';
import { MESSAGING_ATTENTION } from './messaging/index.ts';
import { DUPLICATES_ATTENTION } from './profiles/index.ts';
import { SEGMENTS_ATTENTION } from './segments/index.ts';

/** Everything the first page of the admin may ask somebody to look at; each room tells its own. */
export const ATTENTION: readonly AttentionSource[] = [
  ...COMPANY_ATTENTION,
  ...DUPLICATES_ATTENTION,
  ...SEGMENTS_ATTENTION,
  ...LOYALTY_ATTENTION,
  ...MESSAGING_ATTENTION,
  ...EXCHANGE_ATTENTION,
];
