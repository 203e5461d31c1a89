import { contactsShown, demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { invalid, RequestError } from '../../platform/errors.ts';
import { startTask } from '../../platform/tasks/index.ts';

export const EXPORT_SEGMENT = 'segments.export';

export interface SegmentExport {
  segmentId: string;
  format: 'CSV' | 'XLSX';
}

/** @returns the id of the task @throws InvalidInput @throws RequestError FORBIDDEN for whoever may take nobody along */
export async function startSegmentExport(
  ctx: Context,
  { segmentId, format }: SegmentExport,
): Promise<string> {
  demandScope(ctx, 'segments.read');
  if (contactsShown(ctx.actor) === 'NONE' || !ctx.actor.scopes.has('profiles.read'))
    throw new RequestError('FORBIDDEN', 'This caller may not take people along.');
  const segment = await ctx.sql
    .selectFrom('segment')
    .select('id')
    .where('id', '=', segmentId)
    .where('live_condition', 'is not', null)
    .executeTakeFirst();
  if (segment === undefined) throw invalid('segmentId', 'UNKNOWN', 'there is no such segment with members');
  return startTask(ctx, { kind: EXPORT_SEGMENT, facts: { segmentId, format } });
}
