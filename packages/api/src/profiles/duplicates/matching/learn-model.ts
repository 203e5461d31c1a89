import { compareRecords, rank, type Agreement } from './compare-records.ts';
import type { FieldKind, MatchRecord } from './match-record.ts';
import { chances, COUNTED, judge, oddsOf, USUAL_ODDS, type MatchModel } from './match-model.ts';
import { plain } from './spelling.ts';

const RANDOM_PAIRS = 50_000;
const ROUNDS = 12;
/** How many pairs the usual chances weigh: little beside a real base, enough to hold a small one upright. */
const STRENGTH = 20;
/** The least share of records any agreement is learnt from, so that chance alone makes no certainty. */
const LEAST = 1e-6;

/**
 * Learns a model from a base without being told a single true pair: how often strangers agree from pairs taken at
 * random, how often one person's records do by expectation maximisation over the candidates (Winkler 1988). The same
 * input gives the same model.
 */
export function learnModel(
  records: readonly MatchRecord[],
  candidates: readonly (readonly Agreement[])[],
): MatchModel {
  const frequency = frequenciesOf(records);
  const strangers = countLevels(randomPairs(records).map((agreements) => ({ agreements, share: 1 })));
  const pairs = Math.max(1, (records.length * (records.length - 1)) / 2);
  let model: MatchModel = {
    prior: Math.min(0.5, 1 / Math.max(2, records.length - 1)),
    odds: oddsOf((kind) => ({
      m: USUAL_ODDS[kind].m,
      u: chances(strangers[kind] ?? [], USUAL_ODDS[kind].u, STRENGTH),
    })),
    frequency,
  };
  for (let round = 0; round < ROUNDS; round += 1) model = improve(model, candidates, pairs);
  return model;
}

/** One round: how likely each candidate is, then what the likely ones look like. */
function improve(
  model: MatchModel,
  candidates: readonly (readonly Agreement[])[],
  pairs: number,
): MatchModel {
  const judged = candidates.map((agreements) => ({
    agreements,
    share: judge(model, agreements).probability,
  }));
  const counts = countLevels(judged);
  const expected = judged.reduce((sum, { share }) => sum + share, 0);
  return {
    ...model,
    prior: Math.min(0.5, Math.max(LEAST / 100, expected / pairs)),
    odds: oddsOf((kind) => ({
      m: chances(counts[kind] ?? [], USUAL_ODDS[kind].m, STRENGTH),
      u: model.odds[kind].u,
    })),
  };
}

function countLevels(
  judged: readonly { agreements: readonly Agreement[]; share: number }[],
): Partial<Record<FieldKind, number[]>> {
  const counts: Partial<Record<FieldKind, number[]>> = {};
  for (const { agreements, share } of judged) {
    for (const { kind, level } of agreements) {
      const ofKind = (counts[kind] ??= [0, 0, 0, 0]);
      const place = rank(level);
      ofKind[place] = (ofKind[place] ?? 0) + share;
    }
  }
  return counts;
}

/** All pairs of a small base; of a large one pairs at steps that visit every record alike. */
function randomPairs(records: readonly MatchRecord[]): Agreement[][] {
  const sampled: Agreement[][] = [];
  const step = Math.max(1, Math.floor((records.length * (records.length - 1)) / 2 / RANDOM_PAIRS));
  let place = 0;
  for (let left = 0; left < records.length; left += 1) {
    for (let right = left + 1; right < records.length; right += 1) {
      place += 1;
      if (place % step !== 0) continue;
      const [a, b] = [records[left], records[right]];
      if (a && b) sampled.push(compareRecords(a, b));
    }
  }
  return sampled;
}

/** How common each value is, for the kinds where that matters. */
export function frequenciesOf(records: readonly MatchRecord[]): MatchModel['frequency'] {
  const counts = new Map<string, number>();
  const totals = new Map<FieldKind, number>();
  for (const { fields } of records) {
    for (const kind of COUNTED) {
      for (const value of fields[kind] ?? []) {
        const key = `${kind} ${plain(value)}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
        totals.set(kind, (totals.get(kind) ?? 0) + 1);
      }
    }
  }
  return (kind, value) => {
    const total = totals.get(kind);
    const count = counts.get(`${kind} ${plain(value)}`);
    // Both records of a pair have it themselves.
    return total === undefined || count === undefined ? null : Math.max(count, 2) / total;
  };
}
