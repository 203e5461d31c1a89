import { sql } from 'kysely';
import { findProgram, versionAt, type AccountView, type ProgramRecord } from '../../loyalty/index.ts';
import type { Context } from '../../platform/context.ts';
import { lotReason, type GrantedLot } from './lot-reason.ts';

/** Points that wait, and why there are that many. */
export interface ComingPoints {
  /** Of the lot. */
  id: string;
  points: number;
  at: Date;
  because: string;
  /** The purchase that brought them; null: something else did. */
  orderId: string | null;
}

/**
 * What becomes active and when, the nearest first; as it is at this moment, whatever jobs have run.
 * @param after the last one already told
 */
export async function comingPoints(
  ctx: Context,
  account: AccountView,
  limit: number,
  after: { at: string; id: string } | null,
): Promise<ComingPoints[]> {
  const waiting = account.lots
    .filter((lot) => lot.pending > 0)
    .map((lot) => ({ id: lot.id, points: lot.pending, at: new Date(lot.activateAt) }))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1))
    .filter(
      ({ at, id }) =>
        after === null || at.toISOString() > after.at || (at.toISOString() === after.at && id > after.id),
    )
    .slice(0, limit);
  const program = await findProgram(ctx, account.programId);
  const granted = await readLots(ctx, account.profileId, program, waiting);
  const language = ctx.actor.till?.language === 'en' ? 'en' : 'ru';
  return waiting.map((lot) => {
    const facts = granted.get(lot.id);
    return {
      ...lot,
      because:
        facts === undefined ? '' : lotReason({ ...facts, left: lot.points, activateAt: lot.at }, language),
      orderId: facts?.orderId ?? null,
    };
  });
}

type StoredLot = Omit<GrantedLot, 'settings' | 'left' | 'activateAt'> & { versionId: string | null };

async function readLots(
  ctx: Context,
  profileId: string,
  program: ProgramRecord | null,
  waiting: readonly { id: string }[],
): Promise<Map<string, Omit<GrantedLot, 'left' | 'activateAt'>>> {
  if (waiting.length === 0) return new Map();
  const { rows } = await sql<StoredLot & { id: string }>`
    select lot.id, lot.source, lot.rule_id as "ruleCode", lot.granted::float8 as granted, lot.earned_at as "earnedAt",
      orders.id as "orderId", orders.occurred_at as "boughtAt", orders.to_pay::float8 as "toPay", orders.currency,
      orders.version_id as "versionId", store.time_zone as "timezone",
      case when lot.source = 'ADJUST' then (
        select journal.reason from public.loyalty_entry entry
        join public.loyalty_journal journal on journal.profile_id = entry.profile_id and journal.id = entry.journal_id
        where entry.profile_id = lot.profile_id and entry.lot_id = lot.id and journal.kind = 'ADJUST' limit 1) end as reason
    from public.lot
    left join public.orders on orders.profile_id = lot.profile_id and orders.id = lot.source_id
      and lot.source in ('ORDER', 'RETRO')
    left join public.store on store.id = orders.store_id
    where lot.profile_id = ${profileId} and lot.id = any(${waiting.map(({ id }) => id)}::uuid[])`.execute(
    ctx.sql,
  );
  return new Map(
    rows.map(({ id, versionId, ...lot }) => {
      const version =
        program?.versions.find((one) => one.id === versionId) ??
        (program && versionAt(program, lot.earnedAt));
      return [id, { ...lot, settings: version?.settings ?? null }];
    }),
  );
}
