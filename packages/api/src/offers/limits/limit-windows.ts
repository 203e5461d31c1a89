import type { PromotionLimits } from '@clientele/shared/promotions';
import type { CountWindow } from '@clientele/shared/rules';
import { boundsOf, type WindowBounds } from '@clientele/shared/time';

/** Limits of a promotion with the windows a moment falls into: how `promotion-limits.sql` counts and holds. */
export interface HeldLimits {
  /** `from`: RFC 3339; null: since ever. */
  readonly shopper: { readonly max: number; readonly from: string | null } | null;
  /** Keys of `promotion_counter`: where it is counted, and from which on all count. */
  readonly total: { readonly max: number; readonly key: string; readonly from: string } | null;
  readonly budget: { readonly max: number; readonly key: string } | null;
}

const HOUR_MS = 3_600_000;

/**
 * Null: nothing of it is limited in this currency. A rolling total is counted by the hour, a begun one whole: never more
 * than the limit, at times an hour longer.
 * @param zone whose days, weeks, months and years count
 */
export function heldLimits(
  { perShopper, total, budget }: PromotionLimits,
  { at, zone, currency }: { at: Date; zone: string; currency: string },
): HeldLimits | null {
  const most = budget?.[currency];
  if (perShopper === null && total === null && most === undefined) return null;
  return {
    shopper:
      perShopper === null
        ? null
        : {
            max: perShopper.times,
            from: moment(windowAt(perShopper.window, at.getTime(), zone).from),
          },
    total: total === null ? null : { max: total.times, ...totalKeys(total.window, at, zone) },
    budget: most === undefined ? null : { max: most, key: `budget:${currency}` },
  };
}

function totalKeys(
  window: NonNullable<PromotionLimits['total']>['window'],
  at: Date,
  zone: string,
): { key: string; from: string } {
  const { from } = windowAt(window, at.getTime(), zone);
  if (from === null) return { key: 'times', from: 'times' };
  if (window.kind !== 'ROLLING') return { key: timesKey(from), from: timesKey(from) };
  return { key: timesKey(hour(at.getTime())), from: timesKey(hour(from)) };
}

/** As sortable as the moment. */
function timesKey(from: number): string {
  return `times:${new Date(from).toISOString()}`;
}

function hour(instant: number): number {
  return Math.floor(instant / HOUR_MS) * HOUR_MS;
}

function moment(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

/** Every preview asks for the same few days, weeks and months: the calendar is asked once. */
const lately = new Map<string, WindowBounds>();

function windowAt(window: CountWindow, at: number, zone: string): WindowBounds {
  if (window.kind === 'ALWAYS' || window.kind === 'ROLLING') return boundsOf(window, at, zone);
  const key = `${window.kind} ${zone}`;
  const known = lately.get(key);
  if (known?.from && known.to && known.from <= at && at < known.to) return known;
  const bounds = boundsOf(window, at, zone);
  lately.set(key, bounds);
  return bounds;
}
