import type { Condition } from '@clientele/shared/segments';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { RequestError } from '../../platform/errors.ts';
import { cursorOf, keysOf, pageOf, pageSize, type Page } from '../../platform/graphql/paging.ts';
import { isId } from '../../platform/ids.ts';
import type { SegmentProblem, SegmentState } from '../membership/segment.entity.ts';

export interface SegmentRecord {
  id: string;
  ordinal: number;
  /** Under which members stand in `profile_segment` now. */
  number: number;
  name: string;
  description: string;
  condition: Condition;
  state: SegmentState;
  problems: SegmentProblem[];
  version: number;
  taskId: string | null;
  /** null: never computed. */
  size: number | null;
  computedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  updatedBy: string | null;
}

export const SEGMENT_SORTS = ['name', '-name', 'size', '-size', '-updatedAt'] as const;
export type SegmentSort = (typeof SEGMENT_SORTS)[number];

export interface SegmentFilter {
  /** Part of the name. */
  search?: string | null | undefined;
  /** Those of them there are, archived ones too unless `archived` says otherwise. */
  ids?: readonly string[] | null | undefined;
  state?: SegmentState | null | undefined;
  /** true: archived ones alone; otherwise they are left out. */
  archived?: boolean | null | undefined;
}

export interface SegmentsQuery {
  filter?: SegmentFilter | null | undefined;
  sort?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

const COLUMNS = sql`s.id, s.ordinal, s.number, s.name, s.description, s.condition, s.state, s.problems, s.version,
  s.task_id as "taskId", s.computed_at as "computedAt", s.created_at as "createdAt", s.updated_at as "updatedAt",
  (select name from public.staff where staff.id = s.updated_by) as "updatedBy", last.size`;

/** With the newest size there is. */
const ROWS = sql`public.segment s left join lateral (
  select size from public.segment_size z where z.segment_id = s.id order by day desc limit 1) last on true`;

const KEYS = {
  name: sql`lower(s.name)`,
  size: sql`lpad(coalesce(last.size, -1)::text, 12, ' ')`,
  updatedAt: sql`to_char(s.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`,
};

/** One page. @throws RequestError BAD_REQUEST for an order or cursor that is none */
export async function listSegments(ctx: Context, query: SegmentsQuery): Promise<Page<SegmentRecord>> {
  const size = pageSize(query.first);
  const { key, descending } = sortOf(query.sort);
  const after = keysOf(query.after, 2);
  const [value = '', id = ''] = after ?? [];
  if (after !== null && (!isId(id) || value.includes('\u0000')))
    throw new RequestError('BAD_REQUEST', 'after is no cursor of this list.');
  const order = descending ? sql`desc` : sql`asc`;
  const from =
    after === null
      ? sql`true`
      : sql`(${key} collate "C", s.id) ${descending ? sql`<` : sql`>`} (${value}, ${id}::uuid)`;
  const { rows } = await sql<SegmentRecord & { key: string }>`
    select ${COLUMNS}, ${key} as key from ${ROWS}
    where ${conditionsOf(query.filter ?? {})} and ${from}
    order by ${key} collate "C" ${order}, s.id ${order} limit ${size + 1}`.execute(ctx.sql);
  return pageOf(rows, size, after !== null, (row) => cursorOf(row.key, row.id));
}

function sortOf(sort: string | null | undefined): { key: (typeof KEYS)['name']; descending: boolean } {
  const known = SEGMENT_SORTS.find((one) => one === (sort ?? 'name'));
  if (known === undefined)
    throw new RequestError('BAD_REQUEST', `sort is one of ${SEGMENT_SORTS.join(', ')}.`);
  const descending = known.startsWith('-');
  return { key: KEYS[(descending ? known.slice(1) : known) as keyof typeof KEYS], descending };
}

function conditionsOf({ search, ids, state, archived }: SegmentFilter) {
  const words = search?.trim() ?? '';
  return sql.join(
    [
      archived === true
        ? sql`s.archived_at is not null`
        : ids && archived !== false
          ? sql`true`
          : sql`s.archived_at is null`,
      ...(ids ? [sql`s.id = any(${[...ids]}::uuid[])`] : []),
      ...(state ? [sql`s.state = ${state}`] : []),
      ...(words === '' || words.includes('\u0000')
        ? []
        : [sql`position(lower(${words}) in lower(s.name)) > 0`]),
    ],
    sql` and `,
  );
}

/** Those there are, in no order. */
export async function readSegmentsById(ctx: Context, ids: readonly string[]): Promise<SegmentRecord[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<SegmentRecord>`
    select ${COLUMNS} from ${ROWS} where s.id = any(${[...ids]}::uuid[])`.execute(ctx.sql);
  return rows;
}

/** In which segments each of them is, by name; archived ones do not count. */
export async function segmentsOfProfiles(
  ctx: Context,
  profileIds: readonly string[],
): Promise<Map<string, SegmentRecord[]>> {
  const { rows } = await sql<SegmentRecord & { profileId: string }>`
    select ps.profile_id as "profileId", ${COLUMNS}
    from public.profile_segment ps
    join ${ROWS} on s.number = any(ps.segments) and s.live_condition is not null
    where ps.profile_id = any(${[...profileIds]}::uuid[])
    order by lower(s.name), s.id`.execute(ctx.sql);
  return Map.groupBy(rows, ({ profileId }) => profileId);
}
