import { isTimeZone } from '@clientele/shared/time';
import { audit, demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid, VersionConflict } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { checkedUrl, FetchRefused } from '../../platform/outgoing/fetch-guarded.ts';
import { parseCron } from './cron.ts';
import { isInnerPath } from './find-files.ts';
import { nextLook } from './next-look.ts';
import type { ScheduleKind, SchedulePlace, ScheduleRow } from './schedule.ts';

export interface SaveSchedule {
  /** null: a new one. */
  id: string | null;
  /** The one the editor began with; null for a new one. */
  version: number | null;
  name: string;
  source: string;
  kind: ScheduleKind;
  place: SchedulePlace;
  location: string;
  pattern: string | null;
  presetId: string | null;
  everyMinutes: number | null;
  cron: string | null;
  windowFrom: string | null;
  windowTo: string | null;
  timeZone: string;
  enabled: boolean;
}

const WALL = /^([01]\d|2[0-3]):[0-5]\d$/;

/** @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN */
export async function saveSchedule(ctx: Context, input: SaveSchedule): Promise<ScheduleRow> {
  demandScope(ctx, 'imports.run');
  const values = checked(input);
  return inTransaction(ctx, async (tx) => {
    await demandPreset(tx, input);
    const before = input.id === null ? null : await lockSchedule(tx, input.id, input.version);
    const now = tx.clock.now();
    const times = { ...input, failures: 0 };
    const stored = { ...values, failures: 0, next_at: input.enabled ? nextLook(times, now) : null };
    const row =
      before === null
        ? await tx.sql
            .insertInto('exchange_schedule')
            .values({ ...EMPTY, ...stored, id: newId(), created_at: now, version: 1 })
            .returningAll()
            .executeTakeFirstOrThrow()
        : await tx.sql
            .updateTable('exchange_schedule')
            .set({ ...stored, version: before.version + 1 })
            .where('id', '=', before.id)
            .returningAll()
            .executeTakeFirstOrThrow();
    await audit(tx, {
      action: before === null ? 'exchange-schedule.created' : 'exchange-schedule.changed',
      subject: `exchange-schedule:${row.id}`,
      facts: { before: before === null ? null : shown(before), after: shown(row) },
    });
    return row;
  });
}

const EMPTY = {
  last_look_at: null,
  last_success_at: null,
  last_task_id: null,
  failure_code: null,
  failure_text: null,
} as const;

/** @throws InvalidInput */
function checked(input: SaveSchedule) {
  const problems = new InputProblems();
  const name = problems.text(input.name, ['name'], 100) ?? '';
  const source = problems.text(input.source, ['source'], 100) ?? '';
  const location = problems.text(input.location, ['location'], 2_000) ?? '';
  const pattern = input.pattern === null ? '*' : (problems.text(input.pattern, ['pattern'], 200) ?? '*');
  if (input.place === 'URL') checkUrl(location, problems);
  else if (!isInnerPath(location)) problems.add(['location'], 'FORMAT', 'is a folder inside of IMPORT_DIR');
  checkTimes(input, problems);
  problems.refuseAny();
  const { kind, place, presetId, everyMinutes, cron, windowFrom, windowTo, timeZone, enabled } = input;
  return {
    name,
    source,
    kind,
    place,
    location,
    pattern,
    preset_id: presetId ?? '',
    every_minutes: everyMinutes,
    cron,
    window_from: windowFrom,
    window_to: windowTo,
    time_zone: timeZone,
    enabled,
  };
}

function checkUrl(location: string, problems: InputProblems): void {
  try {
    checkedUrl(location);
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error;
    problems.add(['location'], 'FORMAT', error.message);
  }
}

function checkTimes(input: SaveSchedule, problems: InputProblems): void {
  const { everyMinutes, cron, windowFrom, windowTo, timeZone } = input;
  if ((everyMinutes === null) === (cron === null))
    problems.add(['everyMinutes'], 'REQUIRED', 'an interval or a cron line, one of them');
  if (everyMinutes !== null && (!Number.isInteger(everyMinutes) || everyMinutes < 1 || everyMinutes > 44_640))
    problems.add(['everyMinutes'], 'RANGE', 'is 1 minute to 31 days');
  if (cron !== null && parseCron(cron) === null)
    problems.add(['cron'], 'FORMAT', 'is five fields: minute, hour, day, month, weekday');
  if ((windowFrom === null) !== (windowTo === null))
    problems.add(['windowTo'], 'REQUIRED', 'a window has a beginning and an end');
  for (const [field, time] of Object.entries({ windowFrom, windowTo }))
    if (time !== null && !WALL.test(time)) problems.add([field], 'FORMAT', 'is HH:MM');
  if (windowFrom !== null && windowFrom === windowTo)
    problems.add(['windowTo'], 'RANGE', 'a window has some length');
  if (!isTimeZone(timeZone)) problems.add(['timeZone'], 'UNKNOWN', 'is no IANA time zone');
}

async function demandPreset(tx: Context, { presetId, kind }: SaveSchedule): Promise<void> {
  if (presetId === null) throw invalid('presetId', 'REQUIRED', 'says what the columns are');
  const preset = await tx.sql
    .selectFrom('import_preset')
    .select('kind')
    .where('id', '=', presetId)
    .executeTakeFirst();
  if (preset === undefined) throw invalid('presetId', 'UNKNOWN', 'is no preset');
  if (preset.kind !== kind) throw invalid('presetId', 'MISMATCH', 'is a preset for something else');
}

/** @throws InvalidInput @throws VersionConflict */
export async function lockSchedule(tx: Context, id: string, version: number | null): Promise<ScheduleRow> {
  const row = await tx.sql
    .selectFrom('exchange_schedule')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw invalid('id', 'UNKNOWN', 'is no schedule');
  if (version !== null && row.version !== version) throw new VersionConflict({ version: row.version });
  return row;
}

function shown(row: ScheduleRow): Record<string, unknown> {
  const {
    name,
    source,
    kind,
    place,
    location,
    pattern,
    every_minutes,
    cron,
    window_from,
    window_to,
    enabled,
  } = row;
  return {
    name,
    source,
    kind,
    place,
    location,
    pattern,
    every_minutes,
    cron,
    window_from,
    window_to,
    enabled,
  };
}
