import type { ExpressionBuilder } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { RequestError } from '../../platform/errors.ts';
import { cursorOf, keysOf, pageOf, pageSize, type Page } from '../../platform/graphql/paging.ts';
import { isId } from '../../platform/ids.ts';
import { withoutContacts } from './without-contacts.ts';

/** `from` inclusive, `to` exclusive, of when they came in; without `from` the last 31 days. */
export interface EventFilter {
  kinds?: readonly string[] | null | undefined;
  source?: string | null | undefined;
  from?: Date | null | undefined;
  to?: Date | null | undefined;
}

export interface EventRecord {
  id: string;
  profileId: string;
  kind: string;
  source: string;
  externalId: string;
  occurredAt: Date;
  recordedAt: Date;
  properties: unknown;
}

export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

const USUAL_DAYS = 31;
const DAY_MS = 86_400_000;

/** What came in, the newest first. @throws RequestError BAD_REQUEST */
export async function listEvents(
  ctx: Context,
  filter: EventFilter,
  args: PageArgs,
): Promise<Page<EventRecord>> {
  const size = pageSize(args.first);
  const after = positionOf(args.after);
  const from = filter.from ?? new Date(ctx.clock.now().getTime() - USUAL_DAYS * DAY_MS);
  let query = select(ctx, filter)
    .where('recorded_at', '>=', from)
    .orderBy('recorded_at', 'desc')
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1);
  if (filter.to) query = query.where('recorded_at', '<', filter.to);
  if (after !== null) query = query.where((eb) => isAfter(eb, '<', after));
  const events = (await query.execute()).map((row) => shown(ctx, row));
  return pageOf(events, size, after !== null, (event) =>
    cursorOf(event.recordedAt, event.occurredAt, event.id),
  );
}

/** Where somebody who watches has come to. */
export interface TailPlace {
  readonly recordedAt: Date;
  readonly occurredAt: Date;
  readonly id: string;
}

/** The newest of what came in after a place, oldest first; of many only the last ones: it is a sample. */
export async function eventsSince(
  ctx: Context,
  filter: EventFilter,
  place: TailPlace,
  most: number,
): Promise<EventRecord[]> {
  const rows = await select(ctx, filter)
    .where((eb) => isAfter(eb, '>', place))
    .orderBy('recorded_at', 'desc')
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
  return rows.map((row) => shown(ctx, row)).toReversed();
}

function select(ctx: Context, { kinds, source }: EventFilter) {
  let query = ctx.sql
    .selectFrom('event')
    .select([
      'id',
      'profile_id as profileId',
      'kind',
      'source',
      'external_id as externalId',
      'occurred_at as occurredAt',
      'recorded_at as recordedAt',
      'properties',
    ]);
  if (kinds && kinds.length > 0) query = query.where((eb) => eb('kind', '=', eb.fn.any(eb.val([...kinds]))));
  if (source) query = query.where('source', '=', source);
  return query;
}

function isAfter(eb: ExpressionBuilder<Tables, 'event'>, direction: '<' | '>', place: TailPlace) {
  const { recordedAt, occurredAt, id } = place;
  return eb(eb.refTuple('recorded_at', 'occurred_at', 'id'), direction, eb.tuple(recordedAt, occurredAt, id));
}

function shown<Row extends { properties: unknown }>({ actor }: Context, row: Row): Row {
  return actor.scopes.has('profiles.contacts')
    ? row
    : { ...row, properties: withoutContacts(row.properties) };
}

function positionOf(cursor: string | null | undefined): TailPlace | null {
  const keys = keysOf(cursor, 3);
  if (keys === null) return null;
  const [recorded = '', occurred = '', id = ''] = keys;
  const [recordedAt, occurredAt] = [new Date(recorded), new Date(occurred)];
  if (Number.isNaN(recordedAt.getTime() + occurredAt.getTime()) || !isId(id))
    throw new RequestError('BAD_REQUEST', 'after is no cursor of this list.');
  return { recordedAt, occurredAt, id };
}
