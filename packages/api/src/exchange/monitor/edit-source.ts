import { audit, demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid, VersionConflict } from '../../platform/errors.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import type { IntakeKind } from '../../platform/intake/index.ts';
import { readSources, type SourceState } from './read-sources.ts';

export interface EditSource {
  source: string;
  kind: IntakeKind;
  /** null: its code is its name. */
  name: string | null;
  /** null: nobody minds when it comes. */
  expectedEveryMinutes: number | null;
  /** The one the editor began with. */
  version: number;
}

const LONGEST_NAME = 100;
const YEAR_MINUTES = 525_600;

/** @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN */
export async function editSource(ctx: Context, input: EditSource): Promise<SourceState> {
  demandScope(ctx, 'imports.run');
  const problems = new InputProblems();
  const name = input.name === null ? null : (problems.text(input.name, ['name'], LONGEST_NAME) ?? null);
  const every = input.expectedEveryMinutes;
  if (every !== null && (!Number.isInteger(every) || every < 1 || every > YEAR_MINUTES))
    problems.add(['expectedEveryMinutes'], 'RANGE', 'is 1 minute to a year');
  problems.refuseAny();
  const { source, kind, version } = input;
  await inTransaction(ctx, async (tx) => {
    const before = await tx.sql
      .selectFrom('exchange_source')
      .select(['name', 'expected_every_minutes', 'version'])
      .where('source', '=', source)
      .where('kind', '=', kind)
      .forUpdate()
      .executeTakeFirst();
    if (before === undefined) throw invalid('source', 'UNKNOWN', 'has brought nothing yet');
    if (before.version !== version) throw new VersionConflict({ version: before.version });
    await tx.sql
      .updateTable('exchange_source')
      .set({ name, expected_every_minutes: every, version: version + 1 })
      .where('source', '=', source)
      .where('kind', '=', kind)
      .execute();
    await audit(tx, {
      action: 'exchange-source.changed',
      subject: `source:${source}:${kind}`,
      facts: {
        before: { name: before.name, expectedEveryMinutes: before.expected_every_minutes },
        after: { name, expectedEveryMinutes: every },
      },
    });
  });
  const [state] = await readSources(ctx, { source, kind });
  if (state === undefined) throw invalid('source', 'UNKNOWN', 'has brought nothing yet');
  return state;
}
