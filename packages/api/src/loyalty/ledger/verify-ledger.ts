import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

export interface LedgerViolation {
  /** Which of I1–I8 (loyalty.md §3), and in words. */
  invariant: string;
  /** null: of a whole program. */
  profileId: string | null;
  facts: Record<string, unknown>;
}

/** Checks the whole ledger; empty when it adds up. Reads every entry: for the night, the command line and tests. */
export async function verifyLedger(ctx: Pick<Context, 'sql'>): Promise<LedgerViolation[]> {
  const { rows } = await sql<LedgerViolation>`
    select invariant, profile_id as "profileId", facts from public.verify_ledger()`.execute(ctx.sql);
  return rows;
}
