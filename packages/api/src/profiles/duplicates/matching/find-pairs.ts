import { blockKeys } from './block-keys.ts';
import { compareRecords } from './compare-records.ts';
import { learnModel } from './learn-model.ts';
import { judge, type MatchModel, type Verdict } from './match-model.ts';
import type { MatchRecord } from './match-record.ts';

export interface FoundPair extends Verdict {
  readonly left: MatchRecord;
  readonly right: MatchRecord;
}

export interface FoundPairs {
  readonly candidates: number;
  /** The candidates: pairs that were compared at all. */
  readonly compared: readonly (readonly [MatchRecord, MatchRecord])[];
  /** Those at or above the threshold, the likeliest first. */
  readonly pairs: FoundPair[];
  readonly model: MatchModel;
}

/** A key that more records share tells nothing: `Александр Иванов` alone is no reason to look closer. */
export const LARGEST_BLOCK = 100;

/** Looks for duplicates in a base held in memory; learns its model from the base itself. @param threshold 0–1 */
export function findPairs(records: readonly MatchRecord[], threshold: number): FoundPairs {
  const candidates = candidatesOf(records);
  const compared = candidates.map(([left, right]) => ({
    left,
    right,
    agreements: compareRecords(left, right),
  }));
  const model = learnModel(
    records,
    compared.map(({ agreements }) => agreements),
  );
  const pairs = compared
    .map(({ left, right, agreements }) => ({ left, right, ...judge(model, agreements) }))
    .filter(({ probability }) => probability >= threshold)
    .toSorted((a, b) => b.probability - a.probability);
  return { candidates: candidates.length, compared: candidates, pairs, model };
}

function candidatesOf(records: readonly MatchRecord[]): [MatchRecord, MatchRecord][] {
  const blocks = new Map<string, number[]>();
  for (const [place, record] of records.entries()) {
    for (const key of blockKeys(record)) {
      const block = blocks.get(key);
      if (block) block.push(place);
      else blocks.set(key, [place]);
    }
  }
  const seen = new Set<number>();
  const pairs: [MatchRecord, MatchRecord][] = [];
  for (const block of blocks.values()) {
    if (block.length > LARGEST_BLOCK) continue;
    for (const [from, left] of block.entries()) {
      for (const right of block.slice(from + 1)) {
        const key = left * records.length + right;
        if (seen.has(key)) continue;
        seen.add(key);
        const [a, b] = [records[left], records[right]];
        if (a && b) pairs.push([a, b]);
      }
    }
  }
  return pairs;
}
