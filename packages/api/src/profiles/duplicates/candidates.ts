import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Evidence } from './matching/match-model.ts';

export interface Pair {
  lowId: string;
  highId: string;
}

export function pairOf(a: string, b: string): Pair {
  return a < b ? { lowId: a, highId: b } : { lowId: b, highId: a };
}

/** What is known of two profiles being one person; undefined: nobody ever compared them. */
export async function candidateOf(tx: Pick<Context, 'sql'>, a: string, b: string) {
  const { lowId, highId } = pairOf(a, b);
  return tx.sql
    .selectFrom('duplicate_candidate')
    .selectAll()
    .where('low_id', '=', lowId)
    .where('high_id', '=', highId)
    .executeTakeFirst();
}

/**
 * A profile was merged away or erased: nobody is asked about it any more, and nothing is found by it. What people
 * decided stays for an undone merge.
 */
export async function forgetCandidates(tx: Pick<Context, 'sql'>, profileId: string): Promise<void> {
  await tx.sql
    .deleteFrom('duplicate_candidate')
    .where((eb) => eb.or([eb('low_id', '=', profileId), eb('high_id', '=', profileId)]))
    .where('state', '<>', 'NOT_SAME')
    .execute();
  await tx.sql.deleteFrom('duplicate_token').where('profile_id', '=', profileId).execute();
}

/** An erased person: what was decided about them goes too. */
export async function eraseCandidates(tx: Pick<Context, 'sql'>, profileId: string): Promise<void> {
  await forgetCandidates(tx, profileId);
  await tx.sql
    .deleteFrom('duplicate_candidate')
    .where((eb) => eb.or([eb('low_id', '=', profileId), eb('high_id', '=', profileId)]))
    .execute();
}

/** After an undone merge the pair is in the queue again, or settled for good. */
export async function reopenCandidate(
  tx: Context,
  {
    a,
    b,
    notSame,
    merge,
  }: {
    a: string;
    b: string;
    notSame: boolean;
    merge: { probability: number | null; evidence: Evidence[] };
  },
): Promise<void> {
  const { lowId, highId } = pairOf(a, b);
  const decided = notSame
    ? {
        state: 'NOT_SAME' as const,
        decided_at: tx.clock.now(),
        decided_by: `${tx.actor.kind}:${tx.actor.id}`,
      }
    : { state: 'OPEN' as const, decided_at: null, decided_by: null };
  if (!notSame && merge.probability === null) return;
  await tx.sql
    .insertInto('duplicate_candidate')
    .values({
      low_id: lowId,
      high_id: highId,
      probability: merge.probability ?? 0,
      evidence: sql`${JSON.stringify(merge.evidence)}::jsonb`,
      found_at: tx.clock.now(),
      ...decided,
    })
    .onConflict((conflict) => conflict.columns(['low_id', 'high_id']).doUpdateSet(decided))
    .execute();
}
