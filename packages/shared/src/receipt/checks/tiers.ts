import {
  amounts,
  boundedList,
  BOUNDS,
  keysOf,
  objectOf,
  oneOf,
  optional,
  orNull,
  shortText,
  whole,
  wholeList,
} from '../../rules/index.ts';
import type { Check, Problem } from '../../rules/index.ts';
import type { TierLadder, TierLevel } from '../program-settings.ts';
import { problem, uniqueCodes } from './codes.ts';

const ladder = objectOf({
  basis: oneOf(['SPEND', 'POINTS']),
  window: oneOf(['LAST_12_MONTHS', 'ALL']),
  keepDays: orNull(whole(0, BOUNDS.days)),
  levels: wholeList(
    boundedList(
      objectOf({
        code: shortText,
        name: shortText,
        from: amounts(0),
        fromPoints: whole(0, BOUNDS.points),
        redemption: optional(
          objectOf({
            capBp: optional(whole(0, BOUNDS.rate)),
            perReceiptMax: optional(orNull(whole(0, BOUNDS.points))),
            minRedeem: optional(whole(0, BOUNDS.points)),
          }),
        ),
      }),
      0,
      20,
    ),
    uniqueCodes,
  ),
});

/** A `TierLadder`: levels lowest first, each above the one before it by what the ladder counts. */
export const tiers: Check = (value, path) => {
  const problems = ladder(value, path);
  if (problems.length > 0) return problems;
  const { basis, levels } = value as TierLadder;
  const at = [...path, 'levels'];
  return basis === 'POINTS' ? byPoints(levels, at) : bySpend(levels, at);
};

function byPoints(levels: readonly TierLevel[], path: readonly string[]): Problem[] {
  return levels.flatMap(({ fromPoints }, index) => {
    const below = levels[index - 1];
    return below === undefined || fromPoints > below.fromPoints
      ? []
      : [problem([...path, String(index), 'fromPoints'], 'RANGE', `more than ${below.fromPoints}`)];
  });
}

function bySpend(levels: readonly TierLevel[], path: readonly string[]): Problem[] {
  const reached = new Map<string, number>();
  return levels.flatMap(({ from }, index) => {
    const here = [...path, String(index), 'from'];
    const amountsHere = Object.entries(from);
    if (amountsHere.length === 0) return [problem(here, 'REQUIRED', 'an amount in one currency at least')];
    return amountsHere.flatMap(([currency, amount]) => {
      const below = reached.get(currency);
      reached.set(currency, amount);
      return below === undefined || amount > below
        ? []
        : [problem([...here, currency], 'RANGE', `more than ${below}`)];
    });
  });
}

/** Tiers that rules name although the program has others; a program without tiers may name what an import brings. */
export function strayTiers(json: unknown): Problem[] {
  const settings = keysOf(json);
  const levels = asList(keysOf(settings['tiers'])['levels']);
  const known = new Set(levels.map((level) => keysOf(level)['code']));
  if (known.size === 0) return [];
  return ['earningRules', 'multipliers', 'actions'].flatMap((list) =>
    asList(settings[list]).flatMap((rule, index) =>
      asList(keysOf(keysOf(rule)['match'])['tiers']).flatMap((tier, position) =>
        known.has(tier)
          ? []
          : [
              problem(
                [list, String(index), 'match', 'tiers', String(position)],
                'UNKNOWN',
                'no tier has this code',
              ),
            ],
      ),
    ),
  );
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
