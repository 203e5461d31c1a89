import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Job } from '../../platform/jobs/jobs.ts';

const AT_ONCE = 20_000;
const KEEP_HOURS_MS = 35 * 86_400_000;
const KEEP_RESOLVED_MS = 30 * 86_400_000;
const KEEP_OPEN_MS = 180 * 86_400_000;

/**
 * Adds the counts of batches to their hours and sources. Batches only ever insert, so two of them never wait for each
 * other; whoever folds takes what nobody else is taking.
 */
export async function foldDeliveries(ctx: Context): Promise<void> {
  await sql`
    with taken as (
      delete from public.intake_delivery where id in (
        select id from public.intake_delivery order by id limit ${AT_ONCE} for update skip locked)
      returning *
    ), hours as (
      insert into public.exchange_hour (source, kind, hour, accepted, unchanged, refused)
      select source, kind, date_trunc('hour', occurred_at), sum(accepted), sum(unchanged), sum(refused)
      from taken group by 1, 2, 3 order by 1, 2, 3
      on conflict (source, kind, hour) do update set accepted = exchange_hour.accepted + excluded.accepted,
        unchanged = exchange_hour.unchanged + excluded.unchanged, refused = exchange_hour.refused + excluded.refused
    )
    insert into public.exchange_source (source, kind, first_at, last_attempt_at, last_success_at, last_failure_at,
      last_failure, accepted, unchanged, refused, version)
    select source, kind, min(occurred_at), max(occurred_at),
      max(occurred_at) filter (where failure is null and (accepted + unchanged > 0 or refused = 0)),
      max(occurred_at) filter (where failure is not null),
      (array_agg(failure order by occurred_at desc) filter (where failure is not null))[1],
      sum(accepted), sum(unchanged), sum(refused), 1
    from taken group by 1, 2 order by 1, 2
    on conflict (source, kind) do update set
      last_attempt_at = greatest(exchange_source.last_attempt_at, excluded.last_attempt_at),
      last_success_at = greatest(exchange_source.last_success_at, excluded.last_success_at),
      last_failure_at = greatest(exchange_source.last_failure_at, excluded.last_failure_at),
      last_failure = case when excluded.last_failure_at is null or excluded.last_failure_at < exchange_source.last_failure_at
        then exchange_source.last_failure else excluded.last_failure end,
      accepted = exchange_source.accepted + excluded.accepted,
      unchanged = exchange_source.unchanged + excluded.unchanged,
      refused = exchange_source.refused + excluded.refused`.execute(ctx.sql);
}

/** Hours nobody looks back to, and refused records nobody will correct any more: they may hold contacts. */
async function forgetOld(ctx: Context): Promise<void> {
  const now = ctx.clock.now().getTime();
  await ctx.sql
    .deleteFrom('exchange_hour')
    .where('hour', '<', new Date(now - KEEP_HOURS_MS))
    .execute();
  await ctx.sql
    .deleteFrom('rejected_record')
    .where((eb) =>
      eb.or([
        eb('resolved_at', '<', new Date(now - KEEP_RESOLVED_MS)),
        eb('last_at', '<', new Date(now - KEEP_OPEN_MS)),
      ]),
    )
    .execute();
}

export const monitorJobs: readonly Job[] = [
  { name: 'exchange-fold-deliveries', cron: '* * * * *', run: foldDeliveries },
  { name: 'exchange-forget-old', cron: '47 2 * * *', run: forgetOld },
];
