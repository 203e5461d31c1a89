import { sql, type RawBuilder } from 'kysely';
import type { Context } from '../../../platform/context.ts';
import { cursorOf, keysOf, pageOf, pageSize, type Page } from '../../../platform/graphql/paging.ts';
import { isId } from '../../../platform/ids.ts';
import type { CorrectionReason, CorrectionState } from './correction.entity.ts';

export type ShownCorrectionState = CorrectionState | 'EXPIRED';

export interface CorrectionRecord {
  id: string;
  profileId: string;
  programId: string;
  points: number;
  reasonCode: CorrectionReason;
  reason: string;
  activateAt: Date | null;
  expireAt: Date | null;
  allowDebt: boolean;
  state: ShownCorrectionState;
  needs: 'SUM' | 'PER_DAY' | null;
  /** `staff:<id>`, `key:<id>` */
  requestedBy: string;
  /** As journals name them. */
  requestedByLabel: string;
  requesterName: string | null;
  requestedAt: Date;
  expiresAt: Date | null;
  deciderName: string | null;
  decidedAt: Date | null;
  note: string | null;
}

export interface CorrectionsQuery {
  states?: readonly ShownCorrectionState[] | null | undefined;
  profileId?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/** The newest first. Points belong to no store: who sees some stores only sees none of it. */
export async function listCorrections(
  ctx: Context,
  query: CorrectionsQuery,
): Promise<Page<CorrectionRecord>> {
  const size = pageSize(query.first);
  const from = keysOf(query.after, 2);
  const rows = await read(ctx, [
    ...(query.states && query.states.length > 0
      ? [sql`${stateAt(ctx)} = any(${[...query.states]}::text[])`]
      : []),
    ...(query.profileId ? [sql`correction.profile_id = ${query.profileId}::uuid`] : []),
    ...(from === null ? [] : [beforeThat(from)]),
    sql`true order by correction.requested_at desc, correction.id desc limit ${size + 1}`,
  ]);
  return pageOf(rows, size, from !== null, ({ requestedAt, id }) => cursorOf(requestedAt, id));
}

export async function readCorrection(ctx: Context, id: string): Promise<CorrectionRecord | null> {
  const [row] = await read(ctx, [sql`correction.id = ${id}::uuid`]);
  return row ?? null;
}

/** How many somebody other than the caller asked for and may still be approved. */
export async function countWaiting(ctx: Context): Promise<number> {
  if (ctx.actor.storeIds !== 'ALL') return 0;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from public.correction
    where state = 'WAITING' and expires_at > ${ctx.clock.now()} and requested_by <> ${ctx.actor.client}`.execute(
    ctx.sql,
  );
  return rows[0]?.count ?? 0;
}

function stateAt({ clock }: Pick<Context, 'clock'>): RawBuilder<string> {
  return sql`case when correction.state = 'WAITING' and correction.expires_at <= ${clock.now()} then 'EXPIRED'
    else correction.state end`;
}

function beforeThat([at = '', id = '']: readonly string[]): RawBuilder<unknown> {
  if (Number.isNaN(Date.parse(at)) || !isId(id)) return sql`false`;
  return sql`(correction.requested_at, correction.id) < (${at}::timestamptz, ${id}::uuid)`;
}

async function read(ctx: Context, conditions: readonly RawBuilder<unknown>[]): Promise<CorrectionRecord[]> {
  if (ctx.actor.storeIds !== 'ALL') return [];
  const { rows } = await sql<CorrectionRecord>`
    select correction.id, correction.profile_id as "profileId", program_id as "programId", points,
      reason_code as "reasonCode", reason, activate_at as "activateAt", expire_at as "expireAt",
      allow_debt as "allowDebt", ${stateAt(ctx)} as state, needs, requested_by as "requestedBy",
      requested_label as "requestedByLabel", coalesce(asked.name, key.name) as "requesterName",
      requested_at as "requestedAt", correction.expires_at as "expiresAt",
      decided.name as "deciderName", decided_at as "decidedAt", note
    from public.correction
    left join public.staff asked on asked.id::text = correction.requester_id
    left join public.api_key key on key.id::text = correction.requester_id
    left join public.staff decided on decided.id::text = correction.decider_id
    where ${sql.join(conditions, sql` and `)}`.execute(ctx.sql);
  return rows;
}
