import { audit, demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { readCandidate, type CandidateRecord } from './list-candidates.ts';

export interface DecideDuplicate {
  /** Of the candidate: `low:high`. */
  candidateId: string;
  /** Merging is an operation of its own. */
  decision: 'NOT_SAME' | 'SKIPPED' | 'OPEN';
}

export interface DuplicateDecided {
  __typename: 'DuplicateDecided';
  candidate: CandidateRecord;
}

/**
 * Somebody looked at two profiles: they are two people and the pair never comes back, or it is put off, or taken up
 * again. @throws InvalidInput
 */
export async function decideDuplicate(ctx: Context, input: DecideDuplicate): Promise<DuplicateDecided> {
  demandScope(ctx, 'profiles.merge');
  const [lowId = '', highId = ''] = input.candidateId.split(':');
  if (!isId(lowId) || !isId(highId)) throw invalid('candidateId', 'UNKNOWN', 'is no pair');
  return inTransaction(ctx, async (tx) => {
    const open = input.decision === 'OPEN';
    const { numUpdatedRows } = await tx.sql
      .updateTable('duplicate_candidate')
      .set({
        state: input.decision,
        decided_at: open ? null : tx.clock.now(),
        decided_by: open ? null : `${tx.actor.kind}:${tx.actor.id}`,
      })
      .where('low_id', '=', lowId)
      .where('high_id', '=', highId)
      .executeTakeFirst();
    const candidate = await readCandidate(tx, lowId, highId);
    if (numUpdatedRows === 0n || candidate === null)
      throw invalid('candidateId', 'UNKNOWN', 'is not in the queue any more');
    await audit(tx, {
      action: 'duplicate.decided',
      subject: `profile:${lowId}`,
      facts: { otherId: highId, decision: input.decision },
    });
    return { __typename: 'DuplicateDecided', candidate };
  });
}
