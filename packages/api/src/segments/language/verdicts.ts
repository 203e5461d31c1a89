import { isGroup, type Condition, type Group } from '@clientele/shared/segments';
import type { Context } from '../../platform/context.ts';
import { earliest, type Feature, type FeatureValue, type Observed } from './feature.ts';
import { questionOf, type LeafTable, type Question } from './leaf-kind.ts';
import type { Surroundings } from './surroundings.ts';

/** What was decided at one node of a condition, its parts after it. */
export interface Verdict {
  /** As in the condition: `['of', '1', 'of', '0']`; empty: the whole. */
  readonly path: readonly string[];
  readonly holds: boolean;
  /** Of a leaf: what was found. */
  readonly value: FeatureValue;
  /** When it turns by itself; null: not without something new (or not within the steps that were looked at). */
  readonly flipsAt: Date | null;
}

/** Rows of one shopper by source. */
export type ShopperRows = ReadonlyMap<string, readonly unknown[]>;

/** How many moments of change are looked at for the one at which a verdict turns. */
const MOST_STEPS = 400;

/** Everything the condition looks at, of one shopper, read once. */
export async function readRows(
  ctx: Pick<Context, 'sql'>,
  profileId: string,
  condition: Condition,
  leaves: LeafTable,
  surroundings: Surroundings,
): Promise<ShopperRows> {
  const features = featuresOf(condition, leaves, surroundings);
  const bySource = Map.groupBy(features, ({ source }) => source);
  const rows = await Promise.all(
    [...bySource].map(async ([source, wanted]): Promise<[string, readonly unknown[]]> => [
      source.code,
      await source.read(ctx, profileId, wanted, surroundings),
    ]),
  );
  return new Map(rows);
}

/** The verdict on every node, the whole first. */
export function explainCondition(
  condition: Condition,
  rows: ShopperRows,
  leaves: LeafTable,
  surroundings: Surroundings,
  path: readonly string[] = [],
): readonly Verdict[] {
  const judged = judge(condition, rows, leaves, surroundings);
  const verdict: Verdict = {
    path,
    holds: judged.holds,
    value: judged.shown,
    flipsAt: flipOf(condition, rows, leaves, surroundings, judged),
  };
  if (!isGroup(condition)) return [verdict];
  return [
    verdict,
    ...condition.of.flatMap((part, index) =>
      explainCondition(part, rows, leaves, surroundings, [...path, 'of', String(index)]),
    ),
  ];
}

export interface Judged {
  readonly holds: boolean;
  readonly shown: FeatureValue;
  /** The first moment at which anything looked at may be another. */
  readonly changesAt: Date | null;
}

/** What holds at the moment of the surroundings. */
export function judge(
  condition: Condition,
  rows: ShopperRows,
  leaves: LeafTable,
  surroundings: Surroundings,
): Judged {
  if (isGroup(condition)) {
    const parts = condition.of.map((part) => judge(part, rows, leaves, surroundings));
    return {
      holds: groupHolds(condition, parts.filter(({ holds }) => holds).length),
      shown: null,
      changesAt: earliest(parts.map(({ changesAt }) => changesAt)),
    };
  }
  if (condition.leaf === 'SEGMENT')
    return judge(namedSegment(condition.segment, surroundings), rows, leaves, surroundings);
  const question = questionOf(leaves, condition, surroundings);
  const observed = question.features.map((feature) => feature.ofRows(rows.get(feature.source.code) ?? []));
  return {
    holds: question.holds(observed.map(({ value }) => value)),
    shown: shownOf(observed),
    changesAt: earliest(observed.map(({ changesAt }) => changesAt)),
  };
}

/** Goes from change to change until the verdict is another one. */
function flipOf(
  condition: Condition,
  rows: ShopperRows,
  leaves: LeafTable,
  surroundings: Surroundings,
  { holds, changesAt }: Judged,
): Date | null {
  let at = changesAt;
  for (let step = 0; at !== null && step < MOST_STEPS; step += 1) {
    const then = judge(condition, rows, leaves, { ...surroundings, now: at });
    if (then.holds !== holds) return at;
    at = then.changesAt;
  }
  return null;
}

function groupHolds(group: Group, holding: number): boolean {
  switch (group.group) {
    case 'ALL':
      return holding === group.of.length;
    case 'ANY':
      return holding > 0;
    case 'NONE':
      return holding === 0;
    case 'AT_LEAST':
      return holding >= group.k;
  }
}

function featuresOf(condition: Condition, leaves: LeafTable, surroundings: Surroundings): Feature[] {
  if (isGroup(condition)) return condition.of.flatMap((part) => featuresOf(part, leaves, surroundings));
  if (condition.leaf === 'SEGMENT')
    return featuresOf(namedSegment(condition.segment, surroundings), leaves, surroundings);
  const question: Question = questionOf(leaves, condition, surroundings);
  return [...question.features];
}

function namedSegment(id: string, { segments }: Surroundings): Condition {
  const condition = segments.get(id);
  if (condition === undefined) throw new Error(`No segment ${id} to look into`);
  return condition;
}

function shownOf([first]: readonly Observed[]): FeatureValue {
  if (first === undefined) return null;
  return first.shown === undefined ? first.value : first.shown;
}
