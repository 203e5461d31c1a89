import { codeKey, READABLE_SIGNS } from '@clientele/shared/promo-codes';
import type { Random } from '../../random.ts';
import type { BulkLoad, BulkTable } from '../bulk/bulk-load.ts';
import type { VolumePool } from './define-pools.ts';
import type { PeoplePlan } from '../people/plan-people.ts';
import { copyTime, NULL } from '../bulk/row-text.ts';
import type { TimeOrderedIds } from '../bulk/time-ordered-ids.ts';

/** A code a purchase was made with. */
export interface UsedCode {
  readonly code: string;
  readonly promotionId: string;
  readonly title: string;
  readonly percent: number;
}

interface Purchase {
  readonly person: number;
  readonly at: number;
  readonly orderId: string;
}

/** Codes people were given, used or let run out; and those that wait. */
export interface CodeBook {
  open(load: BulkLoad): void;
  /** Now and then somebody has one. */
  forPurchase(random: Random, purchase: Purchase): UsedCode | null;
  /** What was given and not used, and what is still free. */
  close(plan: PeoplePlan): void;
}

const DAY = 86_400_000;
const WITH_CODE = 0.035;
const GIVEN_BEFORE_DAYS = 20;
const VALID_DAYS = 60;
/** Of everybody: has a code not used, and one of those has run out. */
const UNUSED = 0.3;
const FREE_A_POOL = 0.01;

const CODE = `id, pool_id, brand_id, key, code, state, profile_id, issued_at, expires_at, used_order_id, used_at, created_at`;
const USE = 'code_id, order_id, profile_id, state, held_at, held_until, used_at';

export function openCodeBook(
  random: Random,
  {
    ids,
    pools,
    brandId,
    profileIds,
    now,
  }: {
    ids: TimeOrderedIds;
    pools: readonly VolumePool[];
    brandId: string;
    profileIds: readonly string[];
    now: number;
  },
): CodeBook {
  let tables: { code: BulkTable; use: BulkTable } | null = null;
  let count = 0;

  function add(
    pool: VolumePool,
    state: string,
    given: { whose: string; at: number; order?: string; usedAt?: number } | null,
  ): { id: string; code: string } {
    const at = given?.at ?? now;
    count += 1;
    const code = `${pool.prefix}-${signs(count)}-${signs(random.between(0, 900_000))}`;
    const id = ids.next(at);
    tables?.code.add(
      `${id}\t${pool.id}\t${brandId}\t${codeKey(code)}\t${code}\t${state}\t${given?.whose ?? NULL}\t${
        given === null ? NULL : copyTime(at)
      }\t${given === null ? NULL : copyTime(at + VALID_DAYS * DAY)}\t${given?.order ?? NULL}\t${
        given?.usedAt === undefined ? NULL : copyTime(given.usedAt)
      }\t${copyTime(at)}\n`,
    );
    return { id, code };
  }

  return {
    open: (load) => {
      tables = { code: load.table('promo_code', CODE), use: load.table('promo_code_use', USE) };
    },
    forPurchase: (drawn, { person, at, orderId }) => {
      if (!drawn.chance(WITH_CODE)) return null;
      const pool = drawn.pick(pools);
      const whose = profileIds[person] ?? '';
      const givenAt = at - Math.floor(drawn.next() * GIVEN_BEFORE_DAYS * DAY);
      const { id, code } = add(pool, 'USED', { whose, at: givenAt, order: orderId, usedAt: at });
      const time = copyTime(at);
      tables?.use.add(`${id}\t${orderId}\t${whose}\tUSED\t${time}\t${time}\t${time}\n`);
      return { code, promotionId: pool.promotionId, title: pool.title, percent: pool.percent };
    },
    close: ({ ids: everybody, createdAt }) => {
      for (const [person, whose] of everybody.entries()) {
        if (!random.chance(UNUSED)) continue;
        const at = now - Math.floor(random.next() * 2 * VALID_DAYS * DAY);
        add(random.pick(pools), 'ISSUED', { whose, at: Math.max(at, createdAt[person] ?? at) });
      }
      for (const pool of pools)
        for (let free = Math.ceil(everybody.length * FREE_A_POOL); free > 0; free -= 1)
          add(pool, 'FREE', null);
    },
  };
}

/** A number in signs nobody confuses. */
function signs(value: number): string {
  let text = '';
  for (let left = value, place = 0; place < 5 || left > 0; place += 1) {
    text = READABLE_SIGNS.charAt(left % READABLE_SIGNS.length) + text;
    left = Math.floor(left / READABLE_SIGNS.length);
  }
  return text;
}
