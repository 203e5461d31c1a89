import { hash } from 'node:crypto';
import type { LeafOf } from '@clientele/shared/segments';
import { behaviourSegments } from './behaviour-segments.ts';
import { combinedSegments } from './combined-segments.ts';
import type { ChainSegment, ChainWords } from './leaf-words.ts';
import { loyaltySegments } from './loyalty-segments.ts';
import { personSegments, reachSegments } from './person-segments.ts';
import { placeSegments } from './place-segments.ts';
import { frequencySegments, goodsSegments, monetarySegments, recencySegments } from './purchase-segments.ts';
import { siteSegments } from './site-segments.ts';

export type { ChainSegment, ChainWords } from './leaf-words.ts';

/** A segment of the set under an id of its own, always the same: others name it by it. */
export interface NumberedSegment extends ChainSegment {
  readonly id: string;
  readonly number: number;
}

/** The segments a large chain keeps, as real ones do: bands, goods, places, days, sites, points, and all of it together. */
export function chainSegments(words: ChainWords): NumberedSegment[] {
  return [
    ...recencySegments(),
    ...frequencySegments(),
    ...monetarySegments(),
    ...goodsSegments(),
    ...placeSegments(),
    ...personSegments(),
    ...reachSegments(),
    ...siteSegments(),
    ...loyaltySegments(words),
    ...behaviourSegments(words),
    ...combinedSegments(named),
  ].map((segment, place) => ({ ...segment, id: idOf(segment.key), number: place + 1 }));
}

/** A condition names another one by its key. */
function named(key: string): LeafOf<'SEGMENT'> {
  return { leaf: 'SEGMENT', segment: idOf(key) };
}

/** A UUID (version 8) of its key. */
function idOf(key: string): string {
  const hex = hash('sha256', `segment of a chain: ${key}`, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
