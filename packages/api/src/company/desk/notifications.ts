import type { Context } from '../../platform/context.ts';
import { cursorOf, keysOf, pageOf, pageSize, type Page } from '../../platform/graphql/paging.ts';
import { notificationsTopic } from './notify.ts';
import { publish } from '../../platform/live/index.ts';

export interface NotificationRecord {
  id: string;
  kind: string;
  facts: Record<string, unknown>;
  link: string | null;
  createdAt: Date;
  readAt: Date | null;
}

const COLUMNS = ['id', 'kind', 'facts', 'link', 'created_at as createdAt', 'read_at as readAt'] as const;

/** Of the caller, newest first. */
export async function listNotifications(
  ctx: Context,
  args: {
    first?: number | null | undefined;
    after?: string | null | undefined;
    unread?: boolean | null | undefined;
  },
): Promise<Page<NotificationRecord>> {
  const size = pageSize(args.first);
  const from = keysOf(args.after, 2);
  let query = ctx.sql.selectFrom('notification').select(COLUMNS).where('staff_id', '=', ctx.actor.id);
  if (args.unread === true) query = query.where('read_at', 'is', null);
  if (from !== null) {
    const [at = '', id = ''] = from;
    query = query.where((eb) => eb(eb.refTuple('created_at', 'id'), '<', eb.tuple(new Date(at), id)));
  }
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1)
    .execute();
  return pageOf(rows, size, from !== null, ({ createdAt, id }) => cursorOf(createdAt, id));
}

export async function readNotification(ctx: Context, id: string): Promise<NotificationRecord | null> {
  const row = await ctx.sql
    .selectFrom('notification')
    .select(COLUMNS)
    .where('staff_id', '=', ctx.actor.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export async function countUnread(ctx: Context): Promise<number> {
  const { count } = await ctx.sql
    .selectFrom('notification')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('staff_id', '=', ctx.actor.id)
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** @param ids null: all of them @returns how many are unread still */
export async function markRead(ctx: Context, ids: readonly string[] | null): Promise<number> {
  let query = ctx.sql
    .updateTable('notification')
    .set({ read_at: ctx.clock.now() })
    .where('staff_id', '=', ctx.actor.id)
    .where('read_at', 'is', null);
  if (ids !== null) query = query.where('id', 'in', ids.length === 0 ? [ctx.actor.id] : [...ids]);
  const { numUpdatedRows } = await query.executeTakeFirst();
  // Other windows of this person count anew.
  if (numUpdatedRows > 0n) await publish(ctx, { topic: notificationsTopic(ctx.actor.id) });
  return countUnread(ctx);
}

/** What was read three months ago, and whatever is a year old, is of no use to anybody. */
export async function forgetNotifications(ctx: Context): Promise<void> {
  const before = (days: number) => new Date(ctx.clock.now().getTime() - days * 86_400_000);
  await ctx.sql
    .deleteFrom('notification')
    .where((eb) => eb.or([eb('read_at', '<', before(90)), eb('created_at', '<', before(365))]))
    .execute();
}
