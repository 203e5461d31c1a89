import { referencesOf, type Condition } from '@clientele/shared/segments';
import { notify } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { missingIn } from '../definitions/problems-of-condition.ts';
import { canonical, readSurroundings } from '../language/index.ts';
import type { SegmentProblem, SegmentState } from '../membership/segment.entity.ts';
import { startComputing } from '../membership/start-computing.ts';

interface Row {
  id: string;
  name: string;
  condition: Condition;
  state: SegmentState;
  problems: SegmentProblem[];
}

export const SEGMENTS_PAGE = '/segments';

/**
 * A segment that names what is gone stays as it is and says so: nobody is told that it has become empty. So does what is
 * made of it. Once everything is there again it is worked out anew.
 */
export async function checkReferences(ctx: Context): Promise<void> {
  const rows = await ctx.sql
    .selectFrom('segment')
    .select(['id', 'name', 'condition', 'state', 'problems'])
    .where('archived_at', 'is', null)
    .orderBy('id')
    .execute();
  for (const [row, problems] of await problemsOf(ctx, rows)) {
    const ill = row.state === 'NEEDS_ATTENTION';
    const same = canonical(problems) === canonical(row.problems);
    if (problems.length > 0 ? ill && same : !ill) continue;
    await settle(ctx, row, problems);
  }
}

async function problemsOf(ctx: Context, rows: readonly Row[]): Promise<Map<Row, SegmentProblem[]>> {
  const surroundings = await readSurroundings(ctx, new Map(rows.map(({ id, condition }) => [id, condition])));
  const found = new Map<Row, SegmentProblem[]>();
  for (const row of rows) found.set(row, await missingIn(ctx, row.condition, surroundings));
  const ill = new Set(rows.filter((row) => (found.get(row)?.length ?? 0) > 0).map(({ id }) => id));
  for (let before = -1; before !== ill.size;) {
    before = ill.size;
    for (const row of rows) {
      if (ill.has(row.id)) continue;
      const named = namingIll(row.condition, ill);
      if (named.length === 0) continue;
      found.set(row, named);
      ill.add(row.id);
    }
  }
  return found;
}

function namingIll(condition: Condition, ill: ReadonlySet<string>): SegmentProblem[] {
  return referencesOf(condition)
    .filter(({ kind, value }) => kind === 'SEGMENT' && ill.has(value))
    .map(({ path, value }) => ({
      path: [...path],
      code: 'UNKNOWN',
      message: 'this segment needs attention itself',
      kind: 'SEGMENT',
      value,
    }));
}

async function settle(ctx: Context, { id, name, state }: Row, problems: SegmentProblem[]): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await tx.sql
      .updateTable('segment')
      .set({ problems: JSON.stringify(problems) as never })
      .where('id', '=', id)
      .execute();
    if (problems.length === 0) return startComputing(tx, id);
    if (state === 'NEEDS_ATTENTION') return;
    await tx.sql
      .updateTable('segment')
      .set({ state: 'NEEDS_ATTENTION', next_number: null })
      .where('id', '=', id)
      .where('archived_at', 'is', null)
      .execute();
    await notify(
      tx,
      { scope: 'segments.write' },
      {
        kind: 'segment.needs-attention',
        facts: { name, problems: problems.length },
        link: SEGMENTS_PAGE,
        key: `segment:${id}`,
      },
    );
  });
}
