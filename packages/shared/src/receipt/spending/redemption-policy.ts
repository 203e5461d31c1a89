import { minorToPoints } from '../../points/index.ts';
import type { ProgramSettings, RedemptionPolicy } from '../program-settings.ts';
import type { ReceiptInput } from '../quote.ts';

/** How this shopper may spend: the program's policy with what the tier has of its own. */
export function redemptionPolicy(
  settings: ProgramSettings,
  shopper: { readonly tierCode?: string | undefined } | null,
): RedemptionPolicy {
  const tier = settings.tiers.levels.find(({ code }) => code === shopper?.tierCode);
  return tier?.redemption === undefined
    ? settings.redemption
    : { ...settings.redemption, ...tier.redemption };
}

/** Points the shopper may spend here before a code is confirmed; null: as many as otherwise. */
export function pointsWithoutCode({ settings, shopper, currency, place }: ReceiptInput): number | null {
  if (settings === null || shopper === null || shopper.verified) return null;
  const { need, above, neverAtStoreIds } = settings.redemption.code;
  if (need === 'NEVER' || (place !== undefined && neverAtStoreIds.includes(place.storeId))) return null;
  const value = settings.pointValueMinor[currency];
  const most = above[currency];
  if (need === 'ALWAYS' || value === undefined || most === undefined) return 0;
  return minorToPoints(most, value);
}
