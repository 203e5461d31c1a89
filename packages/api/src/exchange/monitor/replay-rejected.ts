import type { GraphQLSchema } from 'graphql';
import { audit, demandScope } from '../../company/index.ts';
import { indexesIn } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from 'kysely';
import { VersionConflict, type InputProblem } from '../../platform/errors.ts';
import { reportCounts } from '../../platform/intake/index.ts';
import { readRecord, tryAgain, type Replayed } from './replayers.ts';
import { contentOf, rejectedRow, type RejectedRow } from './rejected-row.ts';
import { unmasked } from './shown-content.ts';

export interface ReplayRejected {
  id: string;
  /** As edited; absent: as it came. */
  content?: unknown;
  /** The one the editor began with; only needed with `content`. */
  version?: number | null | undefined;
}

export interface RecordReplayed {
  __typename: 'RecordReplayed';
  /** Whether it was taken now, or before. */
  taken: boolean;
  record: RejectedRow;
}

/**
 * Tries one refused record again the way it came, corrected or not. What is refused again stays, with its new reasons;
 * one that was taken before is left alone.
 * @throws InvalidInput for a correction that is no such record @throws VersionConflict @throws RequestError FORBIDDEN
 */
export async function replayRejected(
  ctx: Context,
  schema: GraphQLSchema,
  input: ReplayRejected,
): Promise<RecordReplayed> {
  demandScope(ctx, 'imports.run');
  const row = await rejectedRow(ctx, input.id);
  if (row.state !== 'OPEN')
    return { __typename: 'RecordReplayed', taken: row.state !== 'DISMISSED', record: row };
  const edited = input.content !== undefined && input.content !== null;
  if (edited && input.version !== row.version) throw new VersionConflict({ version: row.version });
  const content = edited ? unmasked(ctx, input.content, contentOf(ctx, row)) : contentOf(ctx, row);
  const [result] = await tryAgain(ctx, row, [readRecord(schema, row.kind, content)]);
  if (result === undefined) throw new Error('a record was not judged');
  const taken = await settle(ctx, row, result, edited ? content : undefined);
  if (taken) await reportCounts(ctx, { ...row, accepted: 1, unchanged: 0, refused: 0 });
  await audit(ctx, {
    action: 'rejected-record.replayed',
    subject: `rejected-record:${row.id}`,
    facts: { source: row.source, kind: row.kind, corrected: edited, status: result.status },
  });
  return { __typename: 'RecordReplayed', taken, record: await rejectedRow(ctx, row.id) };
}

/** A list given as it is would be taken for an array of the database. */
const jsonb = (problems: InputProblem[]) => sql<InputProblem[]>`${JSON.stringify(problems)}::jsonb`;

/**
 * Notes what became of a record that was tried again.
 * @param edited its new content, where it has one
 * @returns whether it was taken
 */
export async function settle(
  ctx: Context,
  row: RejectedRow,
  { status, problems }: Replayed,
  edited: unknown,
): Promise<boolean> {
  const content =
    edited === undefined
      ? {}
      : {
          content: ctx.vault.seal(JSON.stringify(edited)),
          corrected: true,
          about: indexesIn(ctx, row.source, edited),
        };
  const taken = status !== 'REJECTED' && status !== 'CONFLICT';
  const corrected = row.corrected || edited !== undefined;
  await ctx.sql
    .updateTable('rejected_record')
    .set((eb) => ({
      ...content,
      version: eb('version', '+', 1),
      ...(taken
        ? {
            state: corrected ? ('CORRECTED' as const) : ('REPLAYED' as const),
            resolved_at: ctx.clock.now(),
            resolved_by: ctx.actor.client,
          }
        : {
            status: status as 'REJECTED' | 'CONFLICT',
            problems: jsonb(problems),
            times: eb('times', '+', 1),
            last_at: ctx.clock.now(),
          }),
    }))
    .where('id', '=', row.id)
    .where('state', '=', 'OPEN')
    .execute();
  return taken;
}
