import { audit } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { callFunction } from '../../platform/database/call-function.ts';
import { hashContent, idempotently } from '../../platform/database/idempotent.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { ApprovalRequired } from '../loyalty.errors.ts';
import type { CorrectionReason } from '../oversight/corrections/correction.entity.ts';
import { readCorrection } from '../oversight/corrections/list-corrections.ts';
import { noteCorrection } from '../oversight/corrections/request-correction.ts';
import { allPrograms, type ProgramRecord } from '../program/programs.ts';
import { actorLabel, loyaltyRefusal } from './posting-words.ts';

export interface AdjustPoints {
  requestId: string;
  profileId: string;
  /** Absent: the only program there is for this caller. */
  programId?: string | null;
  /** Not 0; a minus takes the nearest expiry first. */
  points: number;
  /** In words; the history of the account shows them. */
  reason: string;
  /** What kind of reason it is: OTHER where absent. */
  reasonCode?: CorrectionReason | null;
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

const MOST_POINTS = 2_147_483_647;
const LONGEST_REASON = 500;
const LONGEST_KEY = 200;

/** What is kept of a request: the answer, or the correction that waits for a second person. */
type Outcome = PointsAdjusted | { waits: string };

/**
 * A correction by staff, with its reason. What one person may not do alone is written down for a second one and refused
 * with ApprovalRequired. A repeat of the request gets the first answer, or what became of it meanwhile.
 * @throws InvalidInput @throws InsufficientPoints @throws ApprovalRequired @throws AccountBlocked
 * @throws IdempotencyConflict
 */
export async function adjustPoints(ctx: Context, input: AdjustPoints): Promise<PointsAdjusted> {
  const { program, reason } = await check(ctx, input);
  const key = {
    scope: ctx.actor.client,
    operation: 'adjustPoints',
    requestId: input.requestId,
    contentHash: hashContent({ ...input, reason, programId: program.id }),
  };
  const adjusted: PointsAdjusted = {
    __typename: 'PointsAdjusted',
    profileId: input.profileId,
    programId: program.id,
  };
  const outcome = await idempotently(ctx, key, async (tx): Promise<Outcome> => {
    const { id, waits } = await noteCorrection(tx, {
      ...input,
      program,
      reason,
      reasonCode: input.reasonCode ?? 'OTHER',
      activateAt: input.activateAt ?? null,
      expireAt: input.expireAt ?? null,
      allowDebt: input.allowDebt ?? false,
    });
    if (waits) return { waits: id };
    await post(tx, input, { programId: program.id, reason });
    return adjusted;
  }).catch((error: unknown) => {
    throw loyaltyRefusal(error);
  });
  if (!('waits' in outcome)) return outcome;
  const correction = await readCorrection(ctx, outcome.waits);
  if (correction?.state === 'DONE') return adjusted;
  throw new ApprovalRequired(input.requestId, outcome.waits);
}

async function post(
  tx: Context,
  { requestId, profileId, points, activateAt, expireAt, allowDebt }: AdjustPoints,
  { programId, reason }: { programId: string; reason: string },
): Promise<void> {
  await callFunction(tx.sql, 'adjust_points', {
    profileId,
    programId,
    points,
    reason,
    activateAt: activateAt ?? tx.clock.now(),
    expireAt: expireAt ?? null,
    allowDebt: allowDebt ?? false,
    now: tx.clock.now(),
    actor: actorLabel(tx.actor),
    requestId,
  });
  const facts = { points, programId, reason };
  await audit(tx, { action: 'points.adjusted', subject: `profile:${profileId}`, facts });
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
