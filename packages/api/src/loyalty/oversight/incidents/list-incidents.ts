import { sql, type RawBuilder } from 'kysely';
import type { Context } from '../../../platform/context.ts';
import { cursorOf, keysOf, pageOf, pageSize, type Page } from '../../../platform/graphql/paging.ts';
import { isId } from '../../../platform/ids.ts';
import { INCIDENT_KINDS, type IncidentKind } from '../../ledger/incident.entity.ts';

export interface IncidentRecord {
  id: string;
  profileId: string;
  kind: IncidentKind;
  orderId: string | null;
  storeId: string | null;
  /** What happened, in numbers: points, minor units, moments as ISO text. */
  facts: Record<string, unknown>;
  occurredAt: Date;
  closedAt: Date | null;
  /** Name of who closed it. */
  closedBy: string | null;
  closedNote: string | null;
}

export interface IncidentsQuery {
  kinds?: readonly IncidentKind[] | null | undefined;
  /** true: what is open; false: what is closed; absent: both. */
  open?: boolean | null | undefined;
  storeId?: string | null | undefined;
  from?: Date | null | undefined;
  /** Not included. */
  to?: Date | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

const COLUMNS = sql`incident.id, incident.profile_id as "profileId", incident.kind, incident.order_id as "orderId",
  incident.store_id as "storeId", incident.facts, incident.occurred_at as "occurredAt",
  incident.closed_at as "closedAt", staff.name as "closedBy", incident.closed_note as "closedNote"`;

/** The newest first; who sees some stores only sees what happened in them. */
export async function listIncidents(ctx: Context, query: IncidentsQuery): Promise<Page<IncidentRecord>> {
  const size = pageSize(query.first);
  const from = keysOf(query.after, 2);
  const before = from === null ? sql`true` : beforeThat(from);
  const { rows } = await sql<IncidentRecord>`
    select ${COLUMNS} from public.incident left join public.staff on staff.id = incident.closed_by
    where ${matching(ctx, query)} and ${before}
    order by incident.occurred_at desc, incident.id desc limit ${size + 1}`.execute(ctx.sql);
  return pageOf(rows, size, from !== null, ({ occurredAt, id }) => cursorOf(occurredAt, id));
}

function beforeThat([at = '', id = '']: readonly string[]): RawBuilder<unknown> {
  if (Number.isNaN(Date.parse(at)) || !isId(id)) return sql`false`;
  return sql`(incident.occurred_at, incident.id) < (${at}::timestamptz, ${id}::uuid)`;
}

function matching(ctx: Context, { kinds, open, storeId, from, to }: IncidentsQuery): RawBuilder<unknown> {
  const parts = [
    visible(ctx),
    ...(kinds && kinds.length > 0 ? [sql`incident.kind = any(${[...kinds]}::text[])`] : []),
    ...(open === true ? [sql`incident.closed_at is null`] : []),
    ...(open === false ? [sql`incident.closed_at is not null`] : []),
    ...(storeId ? [sql`incident.store_id = ${storeId}::uuid`] : []),
    ...(from ? [sql`incident.occurred_at >= ${from}`] : []),
    ...(to ? [sql`incident.occurred_at < ${to}`] : []),
  ];
  return sql.join(parts, sql` and `);
}

/** What the caller may see of incidents: those of its stores; of no store only who sees them all. */
export function visible({ actor }: Pick<Context, 'actor'>): RawBuilder<unknown> {
  return actor.storeIds === 'ALL' ? sql`true` : sql`incident.store_id = any(${[...actor.storeIds]}::uuid[])`;
}

/** In the order of the ids; what is not there or not visible is left out. */
export async function readIncidents(ctx: Context, ids: readonly string[]): Promise<IncidentRecord[]> {
  const { rows } = await sql<IncidentRecord>`
    select ${COLUMNS} from public.incident left join public.staff on staff.id = incident.closed_by
    where incident.id = any(${[...ids]}::uuid[]) and ${visible(ctx)}`.execute(ctx.sql);
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

export interface IncidentCount {
  kind: IncidentKind;
  open: number;
}

/** Open ones by kind, every kind, in the order in which they matter. */
export async function countIncidents(ctx: Context): Promise<IncidentCount[]> {
  const { rows } = await sql<IncidentCount>`
    select kind, count(*)::int as open from public.incident where closed_at is null and ${visible(ctx)}
    group by kind`.execute(ctx.sql);
  return INCIDENT_KINDS.map((kind) => ({ kind, open: rows.find((row) => row.kind === kind)?.open ?? 0 }));
}
