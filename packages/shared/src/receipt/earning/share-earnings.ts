import { allocate } from '../../money/index.ts';
import type { LineEarn } from '../quote.ts';
import type { RuleEarning } from './rule-earnings.ts';

/** Points of each rule shared by the lines that brought them, by line number. */
export function earnsByLine(
  earnings: readonly Pick<RuleEarning, 'rule' | 'points' | 'lines' | 'weights'>[],
): Map<number, LineEarn[]> {
  const byLine = new Map<number, LineEarn[]>();
  for (const { rule, points, lines, weights } of earnings) {
    const shares = allocate(points, weights);
    lines.forEach((line, index) => {
      const earn = { rule, baseMinor: line.earnBase, points: shares[index] ?? 0 };
      const own = byLine.get(line.number);
      if (own === undefined) byLine.set(line.number, [earn]);
      else own.push(earn);
    });
  }
  return byLine;
}
