import type { Context } from '../../platform/context.ts';
import { callFunction } from '../../platform/database/call-function.ts';
import type { ProgramRecord } from '../program/programs.ts';
import { laddersOf, levelNamed } from './ladders.ts';
import { tierAt, type CountedPurchase } from './tier-rules.ts';
import type { TierChangeReason } from './tier-entry.entity.ts';

export interface TierCause {
  readonly reason: TierChangeReason;
  /** Who did it, as journals name them; the system where absent. */
  readonly actor?: string;
  /** In their words. */
  readonly note?: string;
}

/** What `tier_facts` answers of an account. */
interface StoredFacts {
  profileId: string;
  tierCode: string | null;
  floor: string | null;
  purchases: StoredPurchase[];
}

/** [seconds since 1970, currency, minor units, points] */
export type StoredPurchase = [number, string, number, number];

export function readPurchase([seconds, currency, amount, points]: StoredPurchase): CountedPurchase {
  return { at: Math.round(seconds * 1_000), currency, amount, points };
}

/**
 * Counts the tiers of shoppers anew and posts what changed, with the accounts locked: in the transaction of whatever
 * made it necessary. @returns how many changed
 */
export async function countTiers(
  tx: Context,
  program: ProgramRecord,
  profileIds: readonly string[],
  cause: TierCause,
): Promise<number> {
  if (profileIds.length === 0) return 0;
  const now = tx.clock.now();
  const facts = await callFunction<StoredFacts[]>(tx.sql, 'tier_facts', {
    programId: program.id,
    profileIds,
    now,
  });
  if (facts.length === 0) return 0;
  const tiers = facts.map((stored) => standing(program, stored, now));
  await callFunction(tx.sql, 'set_tiers', {
    programId: program.id,
    now,
    reason: cause.reason,
    actor: cause.actor ?? 'system',
    note: cause.note ?? null,
    tiers,
  });
  return tiers.filter(({ changed }) => changed !== null).length;
}

function standing(program: ProgramRecord, { profileId, tierCode, floor, purchases }: StoredFacts, now: Date) {
  const { tier, since, next } = tierAt(
    { purchases: purchases.map(readPurchase), ladders: laddersOf(program), floor },
    now.getTime(),
  );
  const name = (code: string | null): string | null => levelNamed(program, code, now)?.name ?? code;
  return {
    profileId,
    dueAt: next === null ? null : new Date(next.at),
    changed:
      tier === tierCode
        ? null
        : {
            from: tierCode,
            to: tier,
            fromName: name(tierCode),
            toName: name(tier),
            since: tier === null ? null : since === null || !Number.isFinite(since) ? now : new Date(since),
          },
  };
}
