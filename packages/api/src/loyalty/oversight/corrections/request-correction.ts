import { instantOfLocal, localDate } from '@clientele/shared/time';
import { sql } from 'kysely';
import { notify, readSetting } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import { actorLabel } from '../../account/posting-words.ts';
import { correctionRules, type CorrectionRules } from './correction-rules.ts';
import type { CorrectionReason } from './correction.entity.ts';

export interface NewCorrection {
  requestId: string;
  profileId: string;
  program: { id: string; timezone: string };
  points: number;
  reasonCode: CorrectionReason;
  reason: string;
  activateAt: Date | null;
  expireAt: Date | null;
  allowDebt: boolean;
}

export const CORRECTIONS_PAGE = '/loyalty/corrections';

/**
 * Writes down who corrects what and why: to be posted now, or to wait for a second person. In the caller's transaction.
 * @returns its id and whether it waits
 */
export async function noteCorrection(
  tx: Context,
  correction: NewCorrection,
): Promise<{ id: string; waits: boolean }> {
  const rules = await readSetting(tx, correctionRules);
  const needs = await whatItNeeds(tx, rules, correction);
  const id = newId();
  const now = tx.clock.now();
  await tx.sql
    .insertInto('correction')
    .values({
      profile_id: correction.profileId,
      id,
      program_id: correction.program.id,
      points: correction.points,
      reason_code: correction.reasonCode,
      reason: correction.reason,
      activate_at: correction.activateAt,
      expire_at: correction.expireAt,
      allow_debt: correction.allowDebt,
      state: needs === null ? 'DONE' : 'WAITING',
      needs,
      requested_by: tx.actor.client,
      requested_label: actorLabel(tx.actor),
      requester_id: tx.actor.id,
      request_id: correction.requestId,
      requested_at: now,
      expires_at: needs === null ? null : new Date(now.getTime() + rules.waitDays * DAY_MS),
      decided_by: null,
      decider_id: null,
      decided_at: null,
      note: null,
    })
    .execute();
  if (needs !== null) await tellApprovers(tx);
  return { id, waits: needs !== null };
}

const DAY_MS = 86_400_000;

async function whatItNeeds(
  tx: Context,
  { approveAbove, perDay }: CorrectionRules,
  { points, program }: NewCorrection,
): Promise<'SUM' | 'PER_DAY' | null> {
  if (approveAbove !== null && Math.abs(points) > approveAbove) return 'SUM';
  if (perDay === null) return null;
  // Two windows of one person are counted one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`correction:${tx.actor.client}`}, 0))`.execute(
    tx.sql,
  );
  return (await correctedToday(tx, program)) + Math.abs(points) > perDay ? 'PER_DAY' : null;
}

/** Points the caller added and took alone this day of the program; asked for but not posted ones do not count. */
export async function correctedToday(
  { sql: db, actor, clock }: Pick<Context, 'sql' | 'actor' | 'clock'>,
  { timezone }: { timezone: string },
): Promise<number> {
  const dayStart = new Date(instantOfLocal(localDate(clock.now().getTime(), timezone), '00:00:00', timezone));
  const { rows } = await sql<{ points: number }>`
    select coalesce(sum(abs(points)), 0)::bigint as points from public.correction
    where requested_by = ${actor.client} and requested_at >= ${dayStart} and state = 'DONE' and needs is null`.execute(
    db,
  );
  return Number(rows[0]?.points ?? 0);
}

/** One notification while requests wait; the next comes when it was read. */
async function tellApprovers(tx: Context): Promise<void> {
  await notify(
    tx,
    { scope: 'points.approve' },
    { kind: 'correction.waiting', link: CORRECTIONS_PAGE, key: 'correction.waiting' },
  );
}
