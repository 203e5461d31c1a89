import { sql } from 'kysely';
import { audit, demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { hashContent, idempotently } from '../../platform/database/idempotent.ts';
import { invalid } from '../../platform/errors.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { actorLabel } from '../account/posting-words.ts';
import { visiblePrograms } from '../account/visible-accounts.ts';
import type { ProgramRecord } from '../program/programs.ts';
import { countTiers } from './count-tiers.ts';
import { ladderAt } from './ladders.ts';

export interface SetTierFloor {
  requestId: string;
  profileId: string;
  /** Null: the only program that runs. */
  programId: string | null;
  /** Code; null: no floor any more. */
  tier: string | null;
  reason: string;
}

export interface TierFloorSet {
  __typename: 'TierFloorSet';
  profileId: string;
  programId: string;
}

const LONGEST_KEY = 200;
const LONGEST_REASON = 500;

/**
 * A tier below which a shopper never falls, set by staff with its reason. A repeat of the request gets the first answer.
 * @throws InvalidInput @throws IdempotencyConflict @throws RequestError FORBIDDEN
 */
export async function setTierFloor(ctx: Context, input: SetTierFloor): Promise<TierFloorSet> {
  demandScope(ctx, 'points.adjust');
  const problems = new InputProblems();
  problems.text(input.requestId, ['requestId'], LONGEST_KEY);
  const reason = problems.text(input.reason, ['reason'], LONGEST_REASON) ?? '';
  problems.refuseAny();
  const program = await programOf(ctx, input.programId);
  const levels = ladderAt(program, ctx.clock.now())?.levels ?? [];
  if (input.tier !== null && !levels.some(({ code }) => code === input.tier))
    throw invalid('tier', 'UNKNOWN', 'is no tier of this program');
  const { profileId, tier } = input;
  const key = {
    scope: ctx.actor.client,
    operation: 'setTierFloor',
    requestId: input.requestId,
    contentHash: hashContent({ profileId, programId: program.id, tier, reason }),
  };
  return idempotently(ctx, key, async (tx) => {
    const before = await writeFloor(tx, program.id, profileId, tier);
    const actor = actorLabel(tx.actor);
    await countTiers(tx, program, [profileId], { reason: 'FLOOR', actor, note: reason });
    await audit(tx, {
      action: 'tier.floor-set',
      subject: `profile:${profileId}`,
      facts: { programId: program.id, before, after: tier, reason },
    });
    return { __typename: 'TierFloorSet' as const, profileId, programId: program.id };
  });
}

async function programOf(ctx: Context, programId: string | null): Promise<ProgramRecord> {
  const programs = await visiblePrograms(ctx);
  if (programId !== null) {
    const named = programs.find(({ id }) => id === programId);
    if (named === undefined) throw invalid('programId', 'UNKNOWN', 'no such program');
    return named;
  }
  const [only, ...more] = programs.filter(({ mode }) => mode !== 'OFF');
  if (only === undefined) throw invalid('programId', 'UNKNOWN', 'there is no program');
  if (more.length > 0) throw invalid('programId', 'REQUIRED', 'there are several programs');
  return only;
}

/** @returns the floor before */
async function writeFloor(
  tx: Context,
  programId: string,
  profileId: string,
  tier: string | null,
): Promise<string | null> {
  const { rows } = await sql<{ before: string | null }>`
    select tier_floor as before
    from public.loyalty_lock_account(${profileId}, ${programId}, ${tx.clock.now()})`.execute(tx.sql);
  await tx.sql
    .updateTable('loyalty_account')
    .set({ tier_floor: tier })
    .where('profile_id', '=', profileId)
    .where('program_id', '=', programId)
    .execute();
  return rows[0]?.before ?? null;
}
