import { BOUNDS } from '@clientele/shared/rules';
import { auditChange, demandScope, demandVersion, writeSetting } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import {
  lifecycleSetting,
  readLifecycle,
  refreshAsking,
  type LifecycleThresholds,
} from '../../segments/index.ts';
import { startCounting } from './count-stages.ts';

const SUBJECT = 'lifecycle-stages';

/**
 * Stages are others from now on; segments that ask them follow in the background. The same again changes
 * nothing.
 * @returns the task that counts everybody anew; null: nothing was changed
 * @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN
 */
export async function saveThresholds(
  ctx: Context,
  { version, thresholds }: { version: number; thresholds: LifecycleThresholds },
): Promise<string | null> {
  demandScope(ctx, 'segments.write');
  check(thresholds);
  return inTransaction(ctx, async (tx) => {
    // Whoever saves first makes the row that others wait for.
    const before = await readLifecycle(tx);
    await tx.sql
      .insertInto('setting')
      .values({
        name: lifecycleSetting.name,
        value: JSON.stringify(before),
        updated_at: tx.clock.now(),
      })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    const now = await readLifecycle(tx, true);
    await demandVersion(tx, SUBJECT, now, version);
    const action = 'lifecycle-stages.saved';
    const changed = await auditChange(tx, {
      action,
      subject: SUBJECT,
      before: now.thresholds,
      after: thresholds,
    });
    if (!changed) return null;
    await writeSetting(tx, lifecycleSetting, { thresholds, version: version + 1 });
    await refreshAsking(tx, ({ leaf }) => leaf === 'LIFECYCLE');
    return startCounting(tx);
  });
}

function check(thresholds: LifecycleThresholds): void {
  const problems = new InputProblems();
  const { prospectDays, newcomerDays, loyalOrders, coolingDays, sleepingDays, lostDays } = thresholds;
  const days = { prospectDays, newcomerDays, coolingDays, sleepingDays, lostDays };
  for (const [name, value] of Object.entries(days))
    if (value < 1 || value > BOUNDS.days)
      problems.add(['thresholds', name], 'RANGE', `from 1 to ${BOUNDS.days} days`);
  if (loyalOrders < 2 || loyalOrders > BOUNDS.count)
    problems.add(['thresholds', 'loyalOrders'], 'RANGE', `from 2 to ${BOUNDS.count} orders`);
  if (sleepingDays <= coolingDays)
    problems.add(['thresholds', 'sleepingDays'], 'RANGE', 'comes after cooling');
  if (lostDays <= sleepingDays) problems.add(['thresholds', 'lostDays'], 'RANGE', 'comes after sleeping');
  problems.refuseAny();
}
