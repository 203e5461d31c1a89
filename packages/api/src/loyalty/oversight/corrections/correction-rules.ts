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

export interface CorrectionRules {
  /** Points that one person may add or take at once alone; null: as many as they like. */
  approveAbove: number | null;
  /** Points one person may add and take in a day alone; null: as many as they like. */
  perDay: number | null;
  /** Days a request waits for the second person. */
  waitDays: number;
}

const MOST_POINTS = 2_147_483_647;
const LONGEST_WAIT = 90;

export const correctionRules: SettingKind<CorrectionRules> = {
  name: 'correction-rules',
  schema: z.object({
    approveAbove: z.int().min(0).max(MOST_POINTS).nullable(),
    perDay: z.int().min(0).max(MOST_POINTS).nullable(),
    waitDays: z.int().min(1).max(LONGEST_WAIT),
  }),
  initial: { approveAbove: null, perDay: null, waitDays: 7 },
};

export interface CorrectionRulesEdited {
  __typename: 'CorrectionRulesEdited';
  rules: CorrectionRules;
}

/** @throws InvalidInput @throws RequestError FORBIDDEN */
export async function editCorrectionRules(
  ctx: Context,
  input: CorrectionRules,
): Promise<CorrectionRulesEdited> {
  demandScope(ctx, 'loyalty.write');
  const problems = new InputProblems();
  for (const name of ['approveAbove', 'perDay'] as const) {
    const points = input[name];
    if (points !== null && points < 0) problems.add([name], 'RANGE', 'is 0 or more');
  }
  if (input.waitDays < 1 || input.waitDays > LONGEST_WAIT)
    problems.add(['waitDays'], 'RANGE', `1 to ${LONGEST_WAIT} days`);
  problems.refuseAny();
  const before = await readSetting(ctx, correctionRules);
  await inTransaction(ctx, async (tx) => {
    await writeSetting(tx, correctionRules, input);
    const subject = `setting:${correctionRules.name}`;
    await auditChange(tx, { action: 'correction-rules.edited', subject, before, after: input });
  });
  return { __typename: 'CorrectionRulesEdited', rules: input };
}
