import { divideCeil, toSafeNumber } from '../../money/index.ts';
import type { LoweredLine } from '../../money/index.ts';
import { minorToPoints, shareFloor } from '../../points/index.ts';
import { total } from '../calculation.ts';
import type { RedemptionPolicy } from '../program-settings.ts';
import type { QuoteLine, QuotePoints } from '../quote.ts';

/** A line as points may pay for it. */
export interface PayableLine extends LoweredLine {
  readonly line: QuoteLine;
  /** Share that a promotion permits for this line alone, basis points; null: it shares the cap of the receipt. */
  readonly ownCapBp: number | null;
}

/**
 * What points may take off each line. Lines under a promotion's permission are limited each by its own share; the
 * discount is spread by what each may take, so that a permission never makes points pay more for other goods.
 */
export function payableLines(
  lines: readonly QuoteLine[],
  ownCaps: readonly (number | null)[],
  { capBp }: RedemptionPolicy,
): PayableLine[] {
  const plain = ownCaps.every((cap) => cap === null);
  return lines.map((line, index) => {
    const ownCapBp = line.redeemable ? (ownCaps[index] ?? null) : null;
    const net = line.redeemable ? line.net : 0;
    const floor = toSafeNumber(divideCeil(BigInt(line.quantityMilli) * BigInt(line.minUnitPrice), 1000n));
    const room = line.redeemable ? Math.max(0, line.net - floor) : 0;
    const headroom = ownCapBp === null ? room : Math.min(room, shareFloor(net, ownCapBp));
    const weight = BigInt(net) * BigInt(ownCapBp ?? capBp);
    return {
      line,
      ownCapBp,
      net,
      headroom,
      quantityMilli: line.quantityMilli,
      ...(plain ? {} : { weight }),
    };
  });
}

/** The share of the order in points by both readings. */
export function capsOf(
  lines: readonly PayableLine[],
  { capBp }: RedemptionPolicy,
  pointValueMinor: number,
): QuotePoints['caps'] {
  const counted = lines.filter(({ line }) => line.kind !== 'DELIVERY' && line.kind !== 'FEE');
  const shared = lines.filter(({ line, ownCapBp }) => line.redeemable && ownCapBp === null);
  const own = lines.filter(({ ownCapBp }) => ownCapBp !== null);
  const share = (of: readonly PayableLine[]): number =>
    shareFloor(
      total(of, ({ line }) => line.net),
      capBp,
    );
  // What a permission adds to the reading that counts the line already.
  const beyond = total(own, (line) =>
    Math.max(0, line.headroom - (counted.includes(line) ? shareFloor(line.net, capBp) : 0)),
  );
  return {
    eligible: minorToPoints(share(shared) + total(own, ({ headroom }) => headroom), pointValueMinor),
    receipt: minorToPoints(share(counted) + beyond, pointValueMinor),
  };
}
