import { ROLE_SCOPES, ROLES, type Scope } from '@clientele/shared/permissions';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { publish } from '../../platform/live/index.ts';

/** One person, or everybody whose roles allow that. */
export type Addressee = { staffId: string } | { scope: Scope };

export interface NewNotification {
  /** `import.failed`, `source.stale` …: the admin has the words for it. */
  kind: string;
  /** Ids, counts and names of things; never a contact. */
  facts?: Record<string, unknown>;
  /** A path of the admin: `/data/monitor/site`. */
  link?: string;
  /** The same thing again is not told again while the first is unread. */
  key?: string;
}

export const notificationsTopic = (staffId: string): string => `notifications:${staffId}`;

/** Tells people of the staff about something, in the caller's transaction. @returns how many were told */
export async function notify(
  ctx: Pick<Context, 'sql' | 'clock'>,
  to: Addressee,
  notification: NewNotification,
): Promise<number> {
  const staffIds = 'staffId' in to ? [to.staffId] : await staffWith(ctx, to.scope);
  if (staffIds.length === 0) return 0;
  const { kind, facts = {}, link = null, key = null } = notification;
  const created_at = ctx.clock.now();
  const told = await ctx.sql
    .insertInto('notification')
    .values(
      staffIds.map((staff_id) => ({
        id: newId(),
        staff_id,
        kind,
        facts,
        link,
        key,
        created_at,
        read_at: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'staff_id'])
    .execute();
  await publish(
    ctx,
    ...told.map(({ id, staff_id }) => ({ topic: notificationsTopic(staff_id), payload: { id } })),
  );
  return told.length;
}

async function staffWith({ sql }: Pick<Context, 'sql'>, scope: Scope): Promise<string[]> {
  const roles = ROLES.filter((role) => ROLE_SCOPES[role].includes(scope));
  if (roles.length === 0) return [];
  const rows = await sql
    .selectFrom('staff_role')
    .innerJoin('staff', 'staff.id', 'staff_role.staff_id')
    .select('staff.id')
    .distinct()
    .where('role', 'in', roles)
    .where('status', '=', 'ACTIVE')
    .execute();
  return rows.map(({ id }) => id);
}
