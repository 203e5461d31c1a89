import { sql } from 'kysely';
import { audit, demandEverywhere, demandScope, notify } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { callFunction } from '../../../platform/database/call-function.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { invalid } from '../../../platform/errors.ts';
import { InputProblems } from '../../../platform/input-problems.ts';
import { isId } from '../../../platform/ids.ts';
import { actorLabel, loyaltyRefusal } from '../../account/posting-words.ts';
import { CorrectionClosed, OwnCorrection } from '../../loyalty.errors.ts';
import { readCorrection, type CorrectionRecord } from './list-corrections.ts';
import { CORRECTIONS_PAGE } from './request-correction.ts';

export interface CorrectionDecided {
  __typename: 'CorrectionDecided';
  correction: CorrectionRecord;
}

export interface CorrectionDecision {
  correctionId: string;
  note?: string | null | undefined;
}

const LONGEST_NOTE = 500;

/**
 * The second person agrees: the points are posted in the same transaction, so there is no half of it. Somebody who
 * approves what was approved meanwhile is refused and nothing is posted twice.
 * @throws OwnCorrection @throws CorrectionClosed @throws InsufficientPoints @throws AccountBlocked @throws InvalidInput
 * @throws RequestError FORBIDDEN
 */
export async function approveCorrection(ctx: Context, input: CorrectionDecision): Promise<CorrectionDecided> {
  const note = readNote(input.note, false);
  return decide(ctx, input.correctionId, 'DONE', note, async (tx, waiting) => {
    await post(tx, waiting);
    await audit(tx, {
      action: 'points.adjusted',
      subject: `profile:${waiting.profileId}`,
      facts: {
        points: waiting.points,
        programId: waiting.programId,
        reason: waiting.reason,
        requestedBy: waiting.requestedBy,
      },
    });
  });
}

/**
 * The second person does not agree; the note says why.
 * @throws OwnCorrection @throws CorrectionClosed @throws InvalidInput @throws RequestError FORBIDDEN
 */
export async function refuseCorrection(ctx: Context, input: CorrectionDecision): Promise<CorrectionDecided> {
  const note = readNote(input.note, true);
  return decide(ctx, input.correctionId, 'REFUSED', note, async () => undefined);
}

/** Whoever asked thinks better of it. @throws CorrectionClosed @throws InvalidInput @throws RequestError FORBIDDEN */
export function withdrawCorrection(
  ctx: Context,
  { correctionId }: { correctionId: string },
): Promise<CorrectionDecided> {
  demandScope(ctx, 'points.adjust');
  return inTransaction(ctx, async (tx) => {
    const waiting = await lockWaiting(tx, correctionId);
    if (waiting.requestedBy !== tx.actor.client) throw unknown();
    return close(tx, waiting, 'WITHDRAWN', null);
  });
}

function readNote(note: string | null | undefined, required: boolean): string | null {
  if (!required && (note ?? '').trim() === '') return null;
  const problems = new InputProblems();
  const text = problems.text(note, ['note'], LONGEST_NOTE);
  problems.refuseAny();
  return text ?? null;
}

async function decide(
  ctx: Context,
  correctionId: string,
  state: 'DONE' | 'REFUSED',
  note: string | null,
  work: (tx: Context, waiting: CorrectionRecord) => Promise<void>,
): Promise<CorrectionDecided> {
  demandScope(ctx, 'points.approve');
  demandEverywhere(ctx);
  return inTransaction(ctx, async (tx) => {
    const waiting = await lockWaiting(tx, correctionId);
    if (waiting.requestedBy === tx.actor.client) throw new OwnCorrection();
    await work(tx, waiting);
    const decided = await close(tx, waiting, state, note);
    await tellRequester(tx, decided.correction);
    return decided;
  }).catch((error: unknown) => {
    throw loyaltyRefusal(error);
  });
}

/** @throws CorrectionClosed @throws InvalidInput */
async function lockWaiting(tx: Context, id: string): Promise<CorrectionRecord> {
  if (!isId(id)) throw unknown();
  await sql`select from public.correction where id = ${id} for update`.execute(tx.sql);
  const correction = await readCorrection(tx, id);
  if (correction === null) throw unknown();
  if (correction.state !== 'WAITING') throw new CorrectionClosed(correction.state);
  return correction;
}

function unknown(): Error {
  return invalid('correctionId', 'UNKNOWN', 'no such correction');
}

async function post(tx: Context, correction: CorrectionRecord): Promise<void> {
  const now = tx.clock.now();
  const { activateAt, expireAt } = correction;
  if (expireAt !== null && expireAt <= now)
    throw invalid('correctionId', 'RANGE', 'these points would have expired by now');
  await callFunction(tx.sql, 'adjust_points', {
    profileId: correction.profileId,
    programId: correction.programId,
    points: correction.points,
    reason: correction.reason,
    activateAt: activateAt !== null && activateAt > now ? activateAt : now,
    expireAt,
    allowDebt: correction.allowDebt,
    now,
    // Whose idea it was: who agreed stands with the correction.
    actor: correction.requestedByLabel,
    requestId: `correction:${correction.id}`,
  });
}

async function close(
  tx: Context,
  { id }: CorrectionRecord,
  state: 'DONE' | 'REFUSED' | 'WITHDRAWN',
  note: string | null,
): Promise<CorrectionDecided> {
  const { client, id: deciderId } = tx.actor;
  await sql`update public.correction set state = ${state}, decided_by = ${client}, decider_id = ${deciderId},
    decided_at = ${tx.clock.now()}, note = ${note} where id = ${id}`.execute(tx.sql);
  await audit(tx, {
    action: ACTIONS[state],
    subject: `correction:${id}`,
    facts: { by: actorLabel(tx.actor), ...(note === null ? {} : { note }) },
  });
  const correction = await readCorrection(tx, id);
  if (correction === null) throw new Error(`correction ${id} went away`);
  return { __typename: 'CorrectionDecided', correction };
}

const ACTIONS = {
  DONE: 'correction.approved',
  REFUSED: 'correction.refused',
  WITHDRAWN: 'correction.withdrawn',
} as const;

async function tellRequester(
  tx: Context,
  { id, requestedBy, state, points }: CorrectionRecord,
): Promise<void> {
  const [kind, staffId] = requestedBy.split(':');
  if (kind !== 'staff' || staffId === undefined) return;
  const approved = state === 'DONE';
  await notify(
    tx,
    { staffId },
    {
      kind: approved ? 'correction.approved' : 'correction.refused',
      facts: { points },
      link: `${CORRECTIONS_PAGE}?state=${state}`,
      key: `correction:${id}`,
    },
  );
}
