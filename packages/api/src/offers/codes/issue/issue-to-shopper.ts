import { audit } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { InputProblems } from '../../../platform/input-problems.ts';
import { findCustomer } from '../../../profiles/index.ts';
import { issueCode, type IssuedCode } from './issue-code.ts';
import { usablePool } from '../pools/lock-pool.ts';

export interface IssueToShopper {
  poolId: string;
  /** Of the API. */
  profileId: string;
  reason: string;
  validDays?: number | null | undefined;
  /** Made by the caller before the first try: a repeat gets the same code. */
  requestId: string;
}

const LONGEST_REASON = 500;
const MOST_DAYS = 3_650;

/** Staff give a shopper a code. @throws InvalidInput @throws PoolEmpty @throws RequestError FORBIDDEN */
export async function issuePromoCode(ctx: Context, input: IssueToShopper): Promise<IssuedCode> {
  const problems = new InputProblems();
  problems.exact(input.reason, ['reason'], { max: LONGEST_REASON });
  problems.text(input.requestId, ['requestId'], 100);
  const { validDays = null } = input;
  if (validDays !== null && (!Number.isSafeInteger(validDays) || validDays < 1 || validDays > MOST_DAYS))
    problems.add(['validDays'], 'RANGE', `is a whole number from 1 to ${MOST_DAYS}`);
  problems.refuseAny();
  return inTransaction(ctx, async (tx) => {
    await usablePool(tx, input.poolId);
    const profileId = await findCustomer(tx, input.profileId, 'profileId');
    const issued = await issueCode(tx, {
      poolId: input.poolId,
      profileId,
      validDays,
      reason: input.reason,
      dedupeKey: `${tx.actor.client}:${input.requestId}`,
    });
    if (!issued.before)
      await audit(tx, {
        action: 'promo-codes.issued',
        subject: `profile:${profileId}`,
        facts: { codeId: issued.id, poolId: input.poolId, reason: input.reason },
      });
    return issued;
  });
}
