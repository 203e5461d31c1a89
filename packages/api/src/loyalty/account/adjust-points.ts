import * as z from 'zod';
import { audit, readSetting, type SettingKind } from '../../company/index.ts';
import type { Actor, Context } from '../../platform/context.ts';
import { callFunction, RefusedInSql } from '../../platform/database/call-function.ts';
import { hashContent, idempotently } from '../../platform/database/idempotent.ts';
import { invalid } from '../../platform/errors.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { AccountBlocked, ApprovalRequired, InsufficientPoints } from '../loyalty.errors.ts';
import { allPrograms, type ProgramRecord } from '../program/programs.ts';

export interface AdjustPoints {
  requestId: string;
  profileId: string;
  /** Absent: the only program there is for this caller. */
  programId?: string | null;
  /** Not 0; a minus takes the nearest expiry first. */
  points: number;
  reason: string;
  /** Of a plus; at once where absent. */
  activateAt?: Date | null;
  /** Of a plus; never where absent. */
  expireAt?: Date | null;
  /** Whether a minus may go below what there is. */
  allowDebt?: boolean;
}

export interface PointsAdjusted {
  __typename: 'PointsAdjusted';
  profileId: string;
  programId: string;
}

/** Points that one person may add or take alone; null: as many as they like. */
export const adjustApprovalLimit: SettingKind<{ points: number | null }> = {
  name: 'adjust-approval-limit',
  schema: z.object({ points: z.int().positive().nullable() }),
  initial: { points: null },
};

const MOST_POINTS = 2_147_483_647;
const LONGEST_REASON = 500;
const LONGEST_KEY = 200;

/**
 * A correction by staff, with its reason. A repeat of the request gets the first answer.
 * @throws InvalidInput @throws InsufficientPoints @throws ApprovalRequired @throws AccountBlocked
 * @throws IdempotencyConflict
 */
export async function adjustPoints(ctx: Context, input: AdjustPoints): Promise<PointsAdjusted> {
  const { program, reason } = await check(ctx, input);
  const { points: limit } = await readSetting(ctx, adjustApprovalLimit);
  if (limit !== null && Math.abs(input.points) > limit) throw new ApprovalRequired(input.requestId, limit);
  const key = {
    scope: ctx.actor.client,
    operation: 'adjustPoints',
    requestId: input.requestId,
    contentHash: hashContent({ ...input, reason, programId: program.id }),
  };
  return idempotently(ctx, key, async (tx) => {
    await callFunction(tx.sql, 'adjust_points', {
      profileId: input.profileId,
      programId: program.id,
      points: input.points,
      reason,
      activateAt: input.activateAt ?? ctx.clock.now(),
      expireAt: input.expireAt ?? null,
      allowDebt: input.allowDebt ?? false,
      now: ctx.clock.now(),
      actor: actorLabel(ctx.actor),
      requestId: input.requestId,
    });
    await audit(tx, {
      action: 'points.adjusted',
      subject: `profile:${input.profileId}`,
      facts: { points: input.points, programId: program.id, reason },
    });
    return { __typename: 'PointsAdjusted' as const, profileId: input.profileId, programId: program.id };
  }).catch((error: unknown) => {
    throw loyaltyRefusal(error);
  });
}

async function check(ctx: Context, input: AdjustPoints): Promise<{ program: ProgramRecord; reason: string }> {
  const problems = new InputProblems();
  const { points, activateAt, expireAt } = input;
  const now = ctx.clock.now();
  problems.text(input.requestId, ['requestId'], LONGEST_KEY);
  const reason = problems.text(input.reason, ['reason'], LONGEST_REASON);
  if (!Number.isInteger(points) || points === 0 || Math.abs(points) > MOST_POINTS) {
    problems.add(['points'], 'RANGE', 'a whole number that is not 0');
  }
  if (points < 0 && activateAt)
    problems.add(['activateAt'], 'MISMATCH', 'only points that are added have dates');
  if (points < 0 && expireAt) problems.add(['expireAt'], 'MISMATCH', 'only points that are added have dates');
  if (expireAt && expireAt <= (activateAt && activateAt > now ? activateAt : now)) {
    problems.add(['expireAt'], 'RANGE', 'later than now and than activateAt');
  }
  const program = await programMeant(ctx, input.programId ?? null, problems);
  problems.refuseAny();
  if (program === undefined || reason === undefined) throw new Error('a problem was not told');
  return { program, reason };
}

async function programMeant(
  ctx: Context,
  programId: string | null,
  problems: InputProblems,
): Promise<ProgramRecord | undefined> {
  const { brandId } = ctx.actor;
  const programs = (await allPrograms(ctx)).filter(
    (program) => brandId === null || program.brandId === brandId,
  );
  if (programId !== null) {
    const named = programs.find((program) => program.id === programId);
    return problems.need(named, ['programId'], 'UNKNOWN', 'no such program');
  }
  const [only] = programs.length === 1 ? programs : programs.filter((program) => program.mode !== 'OFF');
  if (only === undefined)
    return problems.need<ProgramRecord>(null, ['programId'], 'UNKNOWN', 'there is no program');
  const several = programs.filter((program) => program.mode !== 'OFF').length > 1;
  return several
    ? problems.need<ProgramRecord>(null, ['programId'], 'REQUIRED', 'there are several programs')
    : only;
}

/** How journals name who did it: `cashier:<id>`, `key:<id>`, `system`. */
export function actorLabel({ kind, id }: Pick<Actor, 'kind' | 'id'>): string {
  return kind === 'SYSTEM' ? 'system' : `${kind.toLowerCase()}:${id}`;
}

/** The refusal a posting function raised as the error of that name; anything else as it is. */
export function loyaltyRefusal(error: unknown): unknown {
  if (!(error instanceof RefusedInSql)) return error;
  if (error.code === 'AccountBlocked') return new AccountBlocked();
  if (error.code === 'TooManyPoints') return invalid('points', 'RANGE', 'is more than an account can hold');
  if (error.code !== 'InsufficientPoints') return error;
  return new InsufficientPoints({
    requested: Number(error.facts['requested']),
    available: Number(error.facts['available']),
  });
}
