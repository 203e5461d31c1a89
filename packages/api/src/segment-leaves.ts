import {
  boughtWithout,
  interest,
  lifecycle,
  ownInterval,
  purchaseDate,
  purchases,
  rfm,
} from './orders/index.ts';
import { gender, type LeafTable } from './segments/index.ts';

/** What conditions of segments may ask, each room about its own. */
export const SEGMENT_LEAVES: LeafTable = {
  GENDER: gender,
  PURCHASES: purchases,
  PURCHASE_DATE: purchaseDate,
  BOUGHT_WITHOUT: boughtWithout,
  OWN_INTERVAL: ownInterval,
  INTEREST: interest,
  RFM: rfm,
  LIFECYCLE: lifecycle,
} as unknown as LeafTable;
