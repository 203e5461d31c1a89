import { sql } from 'kysely';
import { demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import type { IntakeKind } from '../../platform/intake/index.ts';
import { foldDeliveries } from './fold-deliveries.ts';
import { freshnessOf, type Freshness } from './freshness.ts';

export interface HourCounts {
  hour: Date;
  accepted: number;
  unchanged: number;
  refused: number;
}

export interface SourceState {
  source: string;
  kind: IntakeKind;
  name: string | null;
  expectedEveryMinutes: number | null;
  firstAt: Date;
  lastAttemptAt: Date;
  lastSuccessAt: Date | null;
  lastFailureAt: Date | null;
  lastFailure: string | null;
  freshness: Freshness;
  /** Since the beginning. */
  total: Omit<HourCounts, 'hour'>;
  /** The last 24 hours, the current one included; those with nothing are absent. */
  hours: HourCounts[];
  openRejected: number;
  version: number;
}

const HOUR_MS = 3_600_000;
const MOST_SOURCES = 1_000;

/** Every source with what it brought; who needs attention first. @throws RequestError FORBIDDEN */
export async function readSources(
  ctx: Context,
  filter: { source?: string; kind?: IntakeKind } = {},
): Promise<SourceState[]> {
  demandScope(ctx, 'imports.read');
  await foldDeliveries(ctx);
  const now = ctx.clock.now();
  const since = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS - 23 * HOUR_MS);
  const { rows } = await sql<Row>`
    select s.*, coalesce(h.hours, '[]') as hours, coalesce(r.open, 0)::int as open
    from public.exchange_source s
    left join (
      select source, kind, jsonb_agg(jsonb_build_object('hour', hour, 'accepted', accepted, 'unchanged', unchanged,
        'refused', refused) order by hour) as hours
      from public.exchange_hour where hour >= ${since} group by 1, 2) h using (source, kind)
    left join (
      select source, kind, count(*) as open from public.rejected_record where state = 'OPEN' group by 1, 2
      ) r using (source, kind)
    where (${filter.source ?? null}::text is null or source = ${filter.source ?? null})
      and (${filter.kind ?? null}::text is null or kind = ${filter.kind ?? null})
    order by s.last_attempt_at desc limit ${MOST_SOURCES}`.execute(ctx.sql);
  return rows.map((row) => stateOf(row, now)).toSorted((a, b) => urgency(b) - urgency(a));
}

interface Row {
  source: string;
  kind: IntakeKind;
  name: string | null;
  expected_every_minutes: number | null;
  first_at: Date;
  last_attempt_at: Date;
  last_success_at: Date | null;
  last_failure_at: Date | null;
  last_failure: string | null;
  accepted: number;
  unchanged: number;
  refused: number;
  version: number;
  hours: { hour: string; accepted: number; unchanged: number; refused: number }[];
  open: number;
}

function stateOf(row: Row, now: Date): SourceState {
  const times = {
    lastAttemptAt: row.last_attempt_at,
    lastSuccessAt: row.last_success_at,
    lastFailureAt: row.last_failure_at,
    expectedEveryMinutes: row.expected_every_minutes,
  };
  const { source, kind, name, accepted, unchanged, refused, version } = row;
  return {
    ...times,
    source,
    kind,
    name,
    version,
    firstAt: row.first_at,
    lastFailure: row.last_failure,
    freshness: freshnessOf(times, now),
    total: { accepted, unchanged, refused },
    hours: row.hours.map((hour) => ({ ...hour, hour: new Date(hour.hour) })),
    openRejected: row.open,
  };
}

const WORST_FIRST: Readonly<Record<Freshness, number>> = {
  FAILING: 3,
  SILENT: 2,
  LATE: 1,
  FRESH: 0,
  UNWATCHED: 0,
};

function urgency({ freshness, openRejected }: SourceState): number {
  return WORST_FIRST[freshness] * 2 + (openRejected > 0 ? 1 : 0);
}
