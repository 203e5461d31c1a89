import type { GraphQLSchema } from 'graphql';
import { audit, demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { InvalidInput } from '../../platform/errors.ts';
import { reportCounts, type IntakeKind } from '../../platform/intake/index.ts';
import { startTask, type TaskKind } from '../../platform/tasks/index.ts';
import { readRecord, tryAgain, type Replayed } from './replayers.ts';
import { contentOf, type RejectedRow } from './rejected-row.ts';
import { settle } from './replay-rejected.ts';

const KIND = 'exchange.replay';
const AT_ONCE = 50;

/** Tries everything again that waits of one source, in the background. @returns the task's id @throws RequestError FORBIDDEN */
export async function replayAll(
  ctx: Context,
  { source, kind }: { source: string; kind: IntakeKind },
): Promise<string> {
  demandScope(ctx, 'imports.run');
  await audit(ctx, { action: 'rejected-records.replayed', subject: `source:${source}:${kind}` });
  return startTask(ctx, { kind: KIND, facts: { source, kind } });
}

/** Doing it twice changes nothing more: what was taken is not waiting any more, and taking it again changes nothing. */
export function replayTask(schema: GraphQLSchema): TaskKind {
  return {
    kind: KIND,
    scope: 'imports.run',
    async run(ctx, facts, report, signal) {
      const of = facts as { source: string; kind: IntakeKind };
      const total = await countOpen(ctx, of);
      let taken = 0;
      let done = 0;
      let after: string | null = null;
      while (!signal.aborted) {
        const rows: RejectedRow[] = await nextOpen(ctx, of, after);
        if (rows.length === 0) return { result: { taken, refused: done - taken } };
        taken += await replayRows(ctx, schema, of, rows);
        done += rows.length;
        after = rows.at(-1)?.id ?? null;
        report(done, Math.max(total, done));
      }
    },
  };
}

/** @returns how many were taken */
async function replayRows(
  ctx: Context,
  schema: GraphQLSchema,
  of: { source: string; kind: IntakeKind },
  rows: readonly RejectedRow[],
): Promise<number> {
  const read = rows.map((row) => ({ row, record: readOrProblems(ctx, schema, row) }));
  const sound = read.filter(({ record }) => !(record instanceof InvalidInput));
  const results =
    sound.length === 0
      ? []
      : await tryAgain(
          ctx,
          of,
          sound.map(({ record }) => record),
        );
  const byRow = new Map(sound.map(({ row }, index) => [row.id, results[index]]));
  let taken = 0;
  for (const { row, record } of read) {
    const result: Replayed | undefined =
      record instanceof InvalidInput
        ? { status: 'REJECTED', problems: [...record.problems] }
        : byRow.get(row.id);
    if (result !== undefined && (await settle(ctx, row, result, undefined))) taken += 1;
  }
  if (taken > 0) await reportCounts(ctx, { ...of, accepted: taken, unchanged: 0, refused: 0 });
  return taken;
}

/** What cannot even be read any more (its shape has changed since) stays, and says so. */
function readOrProblems(ctx: Context, schema: GraphQLSchema, row: RejectedRow): unknown {
  try {
    return readRecord(schema, row.kind, contentOf(ctx, row));
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
}

function openOf(ctx: Context, { source, kind }: { source: string; kind: IntakeKind }) {
  return ctx.sql
    .selectFrom('rejected_record')
    .where('source', '=', source)
    .where('kind', '=', kind)
    .where('state', '=', 'OPEN');
}

async function countOpen(ctx: Context, of: { source: string; kind: IntakeKind }): Promise<number> {
  const { count } = await openOf(ctx, of)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function nextOpen(
  ctx: Context,
  of: { source: string; kind: IntakeKind },
  after: string | null,
): Promise<RejectedRow[]> {
  return openOf(ctx, of)
    .selectAll()
    .$if(after !== null, (qb) => qb.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(AT_ONCE)
    .execute();
}
