import * as z from 'zod';
import {
  auditChange,
  demandScope,
  readSetting,
  writeSetting,
  type SettingKind,
} from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { InputProblems } from '../../../platform/input-problems.ts';
import { visiblePrograms } from '../../account/visible-accounts.ts';
import type { Rates } from './liability.ts';

/** Shares the bookkeeping decided on; null: as measured. Basis points. */
export type FixedRates = { [rate in keyof Rates]: number | null };

const NOTHING_FIXED: FixedRates = { pendingBp: null, redemptionBp: null };
const rate = z.int().min(0).max(10_000).nullable();

/** By program. */
const liabilityRates: SettingKind<Record<string, FixedRates>> = {
  name: 'liability-rates',
  schema: z.record(z.string(), z.object({ pendingBp: rate, redemptionBp: rate })),
  initial: {},
};

export async function fixedRates(ctx: Context, programId: string): Promise<FixedRates> {
  return (await readSetting(ctx, liabilityRates))[programId] ?? NOTHING_FIXED;
}

/** @throws InvalidInput @throws RequestError FORBIDDEN */
export async function fixLiabilityRates(
  ctx: Context,
  { programId, ...rates }: FixedRates & { programId: string },
): Promise<void> {
  demandScope(ctx, 'loyalty.write');
  const problems = new InputProblems();
  const program = (await visiblePrograms(ctx)).find(({ id }) => id === programId);
  if (program === undefined) problems.add(['programId'], 'UNKNOWN', 'no such program');
  for (const name of ['pendingBp', 'redemptionBp'] as const) {
    const value = rates[name];
    if (value !== null && (value < 0 || value > 10_000)) problems.add([name], 'RANGE', '0 to 10000');
  }
  problems.refuseAny();
  await inTransaction(ctx, async (tx) => {
    const all = await readSetting(tx, liabilityRates);
    await writeSetting(tx, liabilityRates, { ...all, [programId]: rates });
    const before = all[programId] ?? NOTHING_FIXED;
    const subject = `program:${programId}`;
    await auditChange(tx, { action: 'liability-rates.fixed', subject, before, after: rates });
  });
}
