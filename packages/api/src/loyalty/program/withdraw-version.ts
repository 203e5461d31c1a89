import { audit } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import { authorOf, lockOwnProgram } from './lock-program.ts';
import { forgetPrograms, REMEMBER_MS } from './programs.ts';

/**
 * A planned version never begins; those before and after it hold as if it had not been published.
 * @throws InvalidInput where it began, or begins before every process can know
 */
export async function cancelPlannedVersion(
  ctx: Context,
  { programId, number }: { programId: string; number: number },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await lockOwnProgram(tx, programId);
    const version = await tx.sql
      .selectFrom('program_version')
      .leftJoin('program_withdrawal', 'program_withdrawal.version_id', 'program_version.id')
      .select(['id', 'valid_from as validFrom', 'program_withdrawal.version_id as withdrawn'])
      .where('program_id', '=', programId)
      .where('number', '=', number)
      .executeTakeFirst();
    if (version === undefined) throw invalid('number', 'UNKNOWN', 'no such version');
    // A repeated wish is fulfilled already.
    if (version.withdrawn !== null) return;
    if (version.validFrom.getTime() <= tx.clock.now().getTime() + REMEMBER_MS)
      throw invalid('number', 'RANGE', 'it holds already: publish the rules you want instead');
    await tx.sql
      .insertInto('program_withdrawal')
      .values({ version_id: version.id, author_id: authorOf(tx), created_at: tx.clock.now() })
      .execute();
    await audit(tx, {
      action: 'program.version-withdrawn',
      subject: `program:${programId}`,
      facts: { number, validFrom: version.validFrom },
    });
    await writeEvent(tx, { kind: 'program.changed', profileId: null, payload: { programId } });
  });
  forgetPrograms(ctx.database);
}
