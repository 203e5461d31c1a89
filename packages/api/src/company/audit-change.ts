import type { Context } from '../platform/context.ts';
import { VersionConflict } from '../platform/errors.ts';
import { audit } from './audit.ts';

/** Something configured that several people may edit. */
export interface Versioned {
  version: number;
}

/**
 * Call with the row locked.
 * @param subject as the audit names it: who changed it last is read there
 * @param seen the version the editor began with
 * @throws VersionConflict
 */
export async function demandVersion(
  ctx: Pick<Context, 'sql'>,
  subject: string,
  { version }: Versioned,
  seen: number,
): Promise<void> {
  if (version === seen) return;
  const last = await ctx.sql
    .selectFrom('audit_entry')
    .leftJoin('staff', (join) =>
      join.on((on) => on(on.cast<string>('staff.id', 'text'), '=', on.ref('audit_entry.actor_id'))),
    )
    .select(['staff.name', 'audit_entry.occurred_at as at'])
    .where('subject', '=', subject)
    .orderBy('audit_entry.occurred_at', 'desc')
    .orderBy('audit_entry.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  throw new VersionConflict({ version, changedBy: last?.name ?? null, changedAt: last?.at ?? null });
}

/** Notes what is different now; nothing different, nothing noted. @returns whether something is */
export async function auditChange(
  ctx: Context,
  { action, subject, before, after }: { action: string; subject: string; before: object; after: object },
): Promise<boolean> {
  const facts = differences(before as Record<string, unknown>, after as Record<string, unknown>);
  if (Object.keys(facts.after).length === 0) return false;
  await audit(ctx, { action, subject, facts });
  return true;
}

/** Of the names in `after`: both values where they differ. */
export function differences(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const changed = Object.keys(after).filter(
    (name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null),
  );
  const pick = (values: Record<string, unknown>) =>
    Object.fromEntries(changed.map((name) => [name, values[name] ?? null]));
  return { before: pick(before), after: pick(after) };
}
