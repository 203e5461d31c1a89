import { audit, contactsShown, demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { invalid, RequestError } from '../../platform/errors.ts';
import { keepFile } from '../../platform/files/index.ts';
import { startTask, type Report, type TaskKind } from '../../platform/tasks/index.ts';
import { safeCell } from '../../profiles/index.ts';
import { memberCells, MEMBER_HEADERS, type FileLanguage } from './member-cells.ts';
import { membersOf } from './members.ts';
import { spreadsheetOf } from './spreadsheet.ts';

export const EXPORT_SEGMENT = 'segments.export';

export interface SegmentExport {
  segmentId: string;
  format: 'CSV' | 'XLSX';
  language: FileLanguage;
}

/** @returns the id of the task @throws InvalidInput @throws RequestError FORBIDDEN for whoever may take nobody along */
export async function startSegmentExport(ctx: Context, asked: SegmentExport): Promise<string> {
  demandScope(ctx, 'segments.read');
  const { actor } = ctx;
  if (contactsShown(actor) === 'NONE' || actor.storeIds !== 'ALL' || !actor.scopes.has('profiles.read'))
    throw new RequestError('FORBIDDEN', 'This caller may not take people along.');
  await liveSegment(ctx, asked.segmentId);
  return startTask(ctx, { kind: EXPORT_SEGMENT, facts: { ...asked } });
}

async function liveSegment(ctx: Context, id: string): Promise<{ name: string }> {
  const segment = await ctx.sql
    .selectFrom('segment')
    .select('name')
    .where('id', '=', id)
    .where('live_condition', 'is not', null)
    .executeTakeFirst();
  if (segment === undefined) throw invalid('segmentId', 'UNKNOWN', 'there is no such segment with members');
  return segment;
}

/** Its members as a file, contacts as its starter may see them; who made it, and of how many, is written down. */
export const exportSegmentTask: TaskKind = {
  kind: EXPORT_SEGMENT,
  scope: 'profiles.export',
  run: async (ctx, facts, report, signal) => {
    const { segmentId, format, language } = facts as unknown as SegmentExport;
    const { name } = await liveSegment(ctx, segmentId);
    const members = await membersOf(ctx, segmentId);
    const told = { rows: 0 };
    const rows = cells(ctx, { members, language }, told, report, signal);
    const file = await keepFile(ctx, {
      name: `${name}.${format.toLowerCase()}`,
      type: TYPES[format],
      stream: format === 'CSV' ? csv(rows) : spreadsheetOf(rows),
      holdsList: true,
    });
    await audit(ctx, {
      action: 'segment.exported',
      subject: `segment:${segmentId}`,
      facts: { rows: told.rows, contacts: contactsShown(ctx.actor), fileId: file.id },
    });
    return { fileId: file.id, result: { rows: told.rows } };
  },
};

/** People of one reading. */
const PAGE = 1_000;

const TYPES = {
  CSV: 'text/csv; charset=utf-8',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

async function* cells(
  ctx: Context,
  { members, language }: { members: readonly string[]; language: FileLanguage },
  told: { rows: number },
  report: Report,
  signal: AbortSignal,
): AsyncGenerator<string[]> {
  yield MEMBER_HEADERS[language];
  for (let done = 0; done < members.length; done += PAGE) {
    signal.throwIfAborted();
    const page = await memberCells(ctx, members.slice(done, done + PAGE));
    yield* page;
    told.rows += page.length;
    report(Math.min(done + PAGE, members.length), members.length);
  }
}

async function* csv(rows: AsyncIterable<string[]>): AsyncGenerator<string> {
  yield '\uFEFF';
  for await (const row of rows) yield `${row.map(safeCell).join(';')}\r\n`;
}
