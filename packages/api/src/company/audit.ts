import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';

export interface AuditFacts {
  /** `till.revoked`, `sign-in-code.waived` … */
  action: string;
  /** `till:<id>`, `profile:<id>` … */
  subject: string;
  /** Names of fields, ids, keyed hashes; never a contact or a secret. */
  facts?: Record<string, unknown>;
}

/** Notes who did what, in the caller's transaction if there is one. */
export async function audit(ctx: Context, { action, subject, facts = {} }: AuditFacts): Promise<void> {
  await ctx.sql
    .insertInto('audit_entry')
    .values({
      id: newId(),
      occurred_at: ctx.clock.now(),
      actor_kind: ctx.actor.kind,
      actor_id: ctx.actor.id,
      action,
      subject,
      facts: { ...facts, ...(ctx.actor.till ? { tillId: ctx.actor.till.id } : {}) },
    })
    .execute();
}
