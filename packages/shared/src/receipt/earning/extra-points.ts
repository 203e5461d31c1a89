import type { FrozenPromotion } from '../../promotions/index.ts';
import type { EarningLine } from './earning-line.ts';
import type { RuleEarning } from './rule-earnings.ts';

/** The rule under which extra points of a promotion are granted, limited and taken back. */
export function promotionRule(promotionId: string): string {
  return `promotion:${promotionId}`;
}

/**
 * Extra points of one promotion: for each whole piece, or once while any of its goods is there. Lines that earn nothing
 * at all (gift cards, what points paid for wholly) bring none.
 */
export function extraEarning(
  { promotionId, title, extra }: FrozenPromotion,
  lines: readonly EarningLine[],
): RuleEarning {
  const weights = lines.map(() => 0n);
  let points = 0;
  for (const { points: each, per, lines: numbers } of extra) {
    const named = new Set(numbers);
    const scale = extra.length === 1 ? null : SHARE_SCALE;
    const counts = lines.map((line) => (named.has(line.number) ? countOf(line, per) : 0));
    const count = counts.reduce((sum, own) => sum + own, 0);
    if (count === 0) continue;
    const given = per === 'ITEM' ? each * count : each;
    points += given;
    counts.forEach((own, index) => {
      if (own === 0) return;
      // A common scale for parts that are shared by pieces and parts that are shared by money.
      const weight = scale === null ? BigInt(own) : (BigInt(given) * BigInt(own) * scale) / BigInt(count);
      weights[index] = (weights[index] ?? 0n) + weight;
    });
  }
  // Beyond any basket somebody buys: nothing rather than a sale that stops.
  if (points > MOST_POINTS) points = 0;
  const touched = lines.flatMap((_, index) => ((weights[index] ?? 0n) > 0n ? [index] : []));
  return {
    rule: promotionRule(promotionId),
    name: title,
    points,
    lines: touched.flatMap((index) => lines[index] ?? []),
    weights: touched.map((index) => weights[index] ?? 0n),
    base: touched.reduce((sum, index) => sum + (lines[index]?.earnBase ?? 0), 0),
    factorBp: 10_000,
    multipliedBy: [],
    why: null,
  };
}

const MOST_POINTS = 1_000_000_000_000;
const SHARE_SCALE = 1_000_000_000n;

function countOf(line: EarningLine, per: 'ORDER' | 'ITEM'): number {
  return per === 'ITEM' ? Math.floor(line.quantityMilli / 1000) : line.earnBase;
}
