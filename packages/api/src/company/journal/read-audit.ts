import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { demandEverywhere, demandScope } from '../callers/demand-scope.ts';

export interface AuditFilter {
  /** Of staff, a key or a till; `system`. */
  actorId?: string | null;
  /** Whole, or its beginning up to a dot: `till.revoked`, `till`. */
  action?: string | null;
  /** `profile:<id>`, `store:<id>` … */
  subject?: string | null;
  from?: Date | null;
  /** Not included. */
  to?: Date | null;
}

export interface AuditRecord {
  id: string;
  occurredAt: Date;
  actorKind: string;
  actorId: string;
  action: string;
  subject: string;
  facts: Record<string, unknown>;
  /** Null for whom no list of people or machines knows. */
  actorName: string | null;
  /** Of what is configured; people are named nowhere in the audit. */
  subjectName: string | null;
}

export interface AuditPage {
  /** Moment and id of the last one seen. */
  after: readonly [occurredAt: Date, id: string] | null;
  limit: number;
}

/** The newest first. @throws RequestError FORBIDDEN */
export async function readAudit(
  ctx: Context,
  filter: AuditFilter,
  { after, limit }: AuditPage,
): Promise<AuditRecord[]> {
  demandScope(ctx, 'audit.read');
  demandEverywhere(ctx);
  let query = ctx.sql
    .selectFrom('audit_entry')
    .select(['id', 'occurred_at as occurredAt', 'actor_kind as actorKind', 'actor_id as actorId'])
    .select(['action', 'subject', 'facts'])
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  const { actorId, action, subject, from, to } = filter;
  if (actorId) query = query.where('actor_id', '=', actorId);
  if (subject) query = query.where('subject', '=', subject);
  if (from) query = query.where('occurred_at', '>=', from);
  if (to) query = query.where('occurred_at', '<', to);
  if (action)
    query = query.where((eb) =>
      eb.or([
        eb('action', '=', action),
        eb('action', 'like', `${action.replaceAll(/[\\%_]/g, String.raw`\$&`)}.%`),
      ]),
    );
  if (after)
    query = query.where((eb) => eb(eb.refTuple('occurred_at', 'id'), '<', eb.tuple(after[0], after[1])));
  const rows = await query.execute();
  const names = await namesOf(
    ctx,
    rows.flatMap(({ actorId: actor, subject: what }) => [actor, idOf(what)]),
  );
  return rows.map((row) => ({
    ...row,
    actorName: names.get(row.actorId) ?? null,
    subjectName: names.get(idOf(row.subject)) ?? null,
  }));
}

function idOf(subject: string): string {
  return subject.slice(subject.indexOf(':') + 1);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function namesOf({ sql: db }: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const known = [...new Set(ids)].filter((id) => UUID.test(id));
  if (known.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from staff where id = any(${known}::uuid[])
    union all select id, name from api_key where id = any(${known}::uuid[])
    union all select t.id, s.name || ', ' || t.name from till t join store s on s.id = t.store_id where t.id = any(${known}::uuid[])
    union all select id, name from store where id = any(${known}::uuid[])
    union all select id, name from brand where id = any(${known}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Every kind of action there is in the audit, each found by one step in the index. @throws RequestError FORBIDDEN */
export async function auditActions(ctx: Context): Promise<string[]> {
  demandScope(ctx, 'audit.read');
  const { rows } = await sql<{ action: string }>`
    with recursive kinds as (
      (select action from audit_entry order by action limit 1)
      union all
      select (select action from audit_entry where action > kinds.action order by action limit 1) from kinds
      where kinds.action is not null
    ) select action from kinds where action is not null`.execute(ctx.sql);
  return rows.map(({ action }) => action);
}
