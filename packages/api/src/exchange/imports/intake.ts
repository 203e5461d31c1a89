import { indexesIn } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { reportIntake, type IntakeRecord } from '../../platform/intake/index.ts';
import type { TableKind } from './mapping/table-mapping.ts';

/** More refused rows of one run than this stand in its error file only. */
const MOST_KEPT = 10_000;

/** Tells the exchange monitor what a run brought, some rows at a time; what was refused waits there to be corrected. */
export function intakeOf(kind: TableKind, source: string) {
  let kept = 0;
  return async (ctx: Context, records: readonly IntakeRecord[]): Promise<void> => {
    const told = records.filter(({ status }) => {
      if (status !== 'REJECTED' && status !== 'CONFLICT') return true;
      kept += 1;
      return kept <= MOST_KEPT;
    });
    await reportIntake(ctx, {
      kind,
      source,
      personalKeys: kind !== 'PRODUCTS',
      about: (input) => indexesIn(ctx, source, input),
      records: told,
    });
  };
}
