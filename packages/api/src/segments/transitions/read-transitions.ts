import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { RequestError } from '../../platform/errors.ts';
import { cursorOf, keysOf } from '../../platform/graphql/paging.ts';

/** Somebody entered a segment or left it. */
export interface TransitionRecord {
  position: number;
  cursor: string;
  occurredAt: Date;
  segmentId: string;
  profileId: string;
  entered: boolean;
  /** Known only long after it was so. */
  late: boolean;
}

/** After a position, in order of writing: whoever has read up to one has missed none before it. */
export async function transitionsAfter(
  ctx: Pick<Context, 'sql'>,
  segmentId: string,
  position: number,
  limit: number,
): Promise<TransitionRecord[]> {
  const { rows } = await sql<Omit<TransitionRecord, 'cursor'>>`
    select position, occurred_at as "occurredAt", segment_id as "segmentId", profile_id as "profileId", entered, late
    from public.segment_transition
    where segment_id = ${segmentId} and position > ${position}
    order by position limit ${limit}`.execute(ctx.sql);
  return rows.map((row) => ({ ...row, cursor: cursorOf(String(row.position)) }));
}

/** The last there is of this segment. */
export async function lastPosition(ctx: Pick<Context, 'sql'>, segmentId: string): Promise<number> {
  const { rows } = await sql<{ position: number }>`
    select coalesce(max(position), 0) as position from public.segment_transition
    where segment_id = ${segmentId}`.execute(ctx.sql);
  return rows[0]?.position ?? 0;
}

/**
 * From where somebody may go on who has read up to a cursor.
 * @throws RequestError BAD_REQUEST for what is no cursor of this feed, CURSOR_EXPIRED where something after it is kept no more
 */
export async function continuedAt(
  ctx: Pick<Context, 'sql'>,
  segmentId: string,
  cursor: string,
): Promise<number> {
  const position = positionOf(cursor);
  const { forgotten } = await ctx.sql
    .selectFrom('segment')
    .select('forgotten_position as forgotten')
    .where('id', '=', segmentId)
    .executeTakeFirstOrThrow();
  if (position < forgotten)
    throw new RequestError(
      'CURSOR_EXPIRED',
      'What came after this cursor is kept no more: read the members anew.',
    );
  return position;
}

/** @throws RequestError BAD_REQUEST for what is no cursor of this feed */
function positionOf(cursor: string): number {
  const position = Number(keysOf(cursor, 1)?.[0]);
  if (!Number.isSafeInteger(position) || position < 0)
    throw new RequestError('BAD_REQUEST', 'after is no cursor of this feed.');
  return position;
}
