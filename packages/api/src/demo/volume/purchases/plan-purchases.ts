import type { Random } from '../../random.ts';
import { inOrderOfTime, type Moments } from '../bulk/in-order-of-time.ts';
import { exponential, shareOut, type PeoplePlan } from '../people/plan-people.ts';
import { shoppingMoment } from './seasons.ts';
import type { VolumeStore } from '../stores.ts';
import type { Volume } from '../volume.ts';

const DAY = 86_400_000;
const FIRST_AFTER_DAYS = 12;

/** When everybody buys: once soon after they became known, then until they lose interest. */
export function planPurchases(
  random: Random,
  plan: PeoplePlan,
  { volume, stores, now }: { volume: Volume; stores: readonly VolumeStore[]; now: number },
): Moments {
  const times = shareOut(plan.shopping, volume.orders);
  return inOrderOfTime(volume.orders, now, (tell) => {
    for (const [person, count] of times.entries()) {
      const [from, to] = [plan.createdAt[person] ?? now, plan.until[person] ?? now];
      const offset = stores[plan.home[person] ?? 0]?.offset ?? 0;
      for (let each = 0; each < count; each += 1) {
        const soon = Math.min(to, from + exponential(random, FIRST_AFTER_DAYS) * DAY);
        const until = each === 0 ? Math.max(soon, from + 1_000) : Math.max(to, from + 1_000);
        tell(person, Math.min(now - 1_000, shoppingMoment(random, { from, to: until, offset })));
      }
    }
  });
}

const SIZES = [1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5];
const MOST_LINES = 12;

/** How many of something each has: drawn from `sizes`, then evened out so that the whole is exactly `total`. */
export function drawSizes(
  random: Random,
  { count, total, sizes = SIZES, most = MOST_LINES }: DrawSizes,
): Uint8Array {
  const drawn = new Uint8Array(count);
  let sum = 0;
  for (let index = 0; index < count; index += 1) {
    const size = random.pick(sizes);
    drawn[index] = size;
    sum += size;
  }
  while (sum !== total) {
    const index = random.between(0, count - 1);
    const next = (drawn[index] ?? 0) + Math.sign(total - sum);
    if (next < 1 || next > most) continue;
    drawn[index] = next;
    sum += Math.sign(total - sum);
  }
  return drawn;
}

export interface DrawSizes {
  readonly count: number;
  readonly total: number;
  readonly sizes?: readonly number[];
  readonly most?: number;
}
