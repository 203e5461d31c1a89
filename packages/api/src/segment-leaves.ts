import { purchases } from './orders/index.ts';
import { gender, type LeafTable } from './segments/index.ts';

/** What conditions of segments may ask, each room about its own. */
export const SEGMENT_LEAVES: LeafTable = {
  GENDER: gender,
  PURCHASES: purchases,
} as unknown as LeafTable;
