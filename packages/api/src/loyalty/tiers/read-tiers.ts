import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { findProgram, type ProgramRecord } from '../program/programs.ts';
import { readPurchase, type StoredPurchase } from './count-tiers.ts';
import { hasTiers, ladderAt, laddersOf, levelNamed } from './ladders.ts';
import { missingTo, type Missing } from './missing.ts';
import { tierAt } from './tier-rules.ts';

export interface TierRecord {
  readonly code: string;
  readonly name: string;
}

/** Where a shopper stands on the ladder of a program. */
export interface TierProgressView {
  readonly current: TierRecord | null;
  /** Null: for ever so, or set by hand. */
  readonly since: Date | null;
  readonly next: TierRecord | null;
  readonly missing: Missing | null;
  /** When the present tier is lost if nothing more is bought; null: never. */
  readonly keptUntil: Date | null;
  /** What is left then. */
  readonly fallsTo: TierRecord | null;
  readonly floor: TierRecord | null;
  readonly basis: 'SPEND' | 'POINTS';
  readonly window: 'LAST_12_MONTHS' | 'ALL';
  /** Minor units by currency, of the ladder's window. */
  readonly spent: readonly { readonly currency: string; readonly amount: number }[];
  readonly points: number;
  /** Of the ladder, lowest first. */
  readonly levels: readonly TierRecord[];
}

interface AccountKey {
  readonly profileId: string;
  readonly programId: string;
}

/** The tier of an account as it is stored, by its present name. */
export async function tierOf(
  ctx: Context,
  { programId, tierCode }: { programId: string; tierCode: string | null },
): Promise<TierRecord | null> {
  const program = tierCode === null ? null : await findProgram(ctx, programId);
  return program === null ? null : named(program, tierCode, ctx.clock.now());
}

function named(program: ProgramRecord, code: string | null, at: Date): TierRecord | null {
  return code === null ? null : { code, name: levelNamed(program, code, at)?.name ?? code };
}

/** In the order of the keys, one statement for all; null where the program has no tiers now. */
export async function readTierProgress(
  ctx: Context,
  keys: readonly AccountKey[],
): Promise<(TierProgressView | null)[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<{ floor: string | null; purchases: StoredPurchase[] }>`
    select account.tier_floor as floor, public.tier_purchases(wanted.profile, wanted.program) as purchases
    from unnest(${keys.map((key) => key.profileId)}::uuid[], ${keys.map((key) => key.programId)}::uuid[])
      with ordinality as wanted (profile, program, place)
    left join public.loyalty_account account
      on account.profile_id = wanted.profile and account.program_id = wanted.program
    order by place`.execute(ctx.sql);
  const views: (TierProgressView | null)[] = [];
  for (const [index, { floor, purchases }] of rows.entries()) {
    const program = await findProgram(ctx, keys[index]?.programId ?? '');
    views.push(
      program === null
        ? null
        : view(program, floor, purchases, ctx.clock.now(), ctx.actor.till?.currency ?? null),
    );
  }
  return views;
}

function view(
  program: ProgramRecord,
  floor: string | null,
  purchases: readonly StoredPurchase[],
  now: Date,
  here: string | null,
): TierProgressView | null {
  const ladder = ladderAt(program, now);
  if (ladder === null || ladder.levels.length === 0 || !hasTiers(program)) return null;
  const { tier, since, next, progress } = tierAt(
    { purchases: purchases.map(readPurchase), ladders: laddersOf(program), floor },
    now.getTime(),
  );
  const rank = (code: string | null): number => ladder.levels.findIndex((level) => level.code === code);
  const above = ladder.levels[rank(tier) + 1];
  const lost = next !== null && rank(next.tier) < rank(tier) ? next : null;
  return {
    current: named(program, tier, now),
    since: since === null || !Number.isFinite(since) ? null : new Date(since),
    next: above === undefined ? null : { code: above.code, name: above.name },
    missing: above === undefined ? null : missingTo(above, ladder, progress, here),
    keptUntil: lost === null ? null : new Date(lost.at),
    fallsTo: lost === null ? null : named(program, lost.tier, now),
    floor: rank(floor) < 0 ? null : named(program, floor, now),
    basis: ladder.basis,
    window: ladder.window,
    spent: [...progress.spent]
      .filter(([, amount]) => amount !== 0)
      .map(([currency, amount]) => ({ currency, amount })),
    points: progress.points,
    levels: ladder.levels.map(({ code, name }) => ({ code, name })),
  };
}
