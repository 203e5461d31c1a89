import { hash } from 'node:crypto';
import { recordEvents, type EventInput, type EventResult } from '../../../activity/index.ts';
import type { CellProblem, ImportProblemCode, RowOutcome, RowStatus } from '../import-problem.ts';
import { valueReaders } from '../mapping/read-values.ts';
import type { KindDoor, KindOptions, ReadRow } from './kind-door.ts';
import { personCells } from './person-cells.ts';
import { retried } from './retried.ts';

interface EventRow {
  readonly event: EventInput;
  readonly places: ReadonlyMap<string, number>;
}

/**
 * What shoppers and visitors did, by the same rules as `recordEvents`. Where no column is the event's own number, a
 * row is known by everything that stands in it: equal rows are one event, unless the mapping takes each of them.
 */
export async function openEvents(options: KindOptions): Promise<KindDoor<EventRow>> {
  const { ctx, mapping, columns, source, dryRun, runId } = options;
  const readers = valueReaders(mapping);
  const { eventKind, eventKinds, equalRows, profileSource = source } = mapping.options;
  const rowId = rowIds(equalRows);
  const personOf = personCells(columns, profileSource);
  const places = new Map(columns.map(({ at, field, name }) => [pathOf(field, name), at]));
  const at = (field: string): number => places.get(field) ?? -1;
  const own = columns.filter(({ field }) => field === 'property' || field === 'session');
  // Of a dry run: equal events further down are one.
  const told = new Set<string>();

  function read(fields: readonly string[]): ReadRow<EventRow> {
    const cell = (position: number): string => fields[position]?.trim() ?? '';
    const problems: CellProblem[] = [];
    const occurredAt = readers.instant(cell(at('occurredAt')));
    if (occurredAt === null) problems.push({ at: at('occurredAt'), code: 'DATE_TIME' });
    const word = cell(at('kind'));
    const kind = eventKinds[word] ?? (word === '' ? (eventKind ?? '') : word);
    const properties = propertiesOf(cell(at('properties')));
    if (properties === null) problems.push({ at: at('properties'), code: 'JSON' });
    if (problems.length > 0 || occurredAt === null || properties === null) return { row: null, problems };
    for (const { at: position, field, name } of own)
      if (cell(position) !== '') properties[field === 'session' ? 'session' : name] = cell(position);
    const id = cell(at('id')) || rowId(fields);
    const visitor = cell(at('deviceId'));
    const event: EventInput = {
      id,
      kind,
      occurredAt,
      profile: personOf(fields)?.ref ?? null,
      deviceId: visitor === '' ? null : visitor,
      properties,
    };
    return { row: { event, places }, problems };
  }

  return {
    read,
    store: async (rows) => {
      if (rows.length === 0) return [];
      const events = rows.map(({ event }) => event);
      const { results } = await retried(() => recordEvents(ctx, { source, events, batchId: runId, dryRun }));
      return results.map((result, index): RowOutcome => {
        const status = STATUS[result.status] ?? 'REJECTED';
        const isTold = dryRun && told.has(result.id);
        if (dryRun) told.add(result.id);
        return {
          status: isTold && status === 'CREATED' ? 'UNCHANGED' : status,
          problems: problemsOf(result, rows[index]),
        };
      });
    },
  };
}

/** Rows that are equal stand near each other: they have the same moment. */
const LOOKED_BACK = 100_000;

/** Ids of rows made of what stands in them; with EACH the second of equal ones gets another, the same every time. */
function rowIds(equalRows: 'ONE' | 'EACH'): (fields: readonly string[]) => string {
  let recent = new Map<string, number>();
  let before = new Map<string, number>();
  return (fields) => {
    const id = `row:${hash('sha256', fields.join('\u001f'), 'base64url')}`;
    if (equalRows === 'ONE') return id;
    const times = (recent.get(id) ?? before.get(id) ?? 0) + 1;
    recent.set(id, times);
    if (recent.size >= LOOKED_BACK) [before, recent] = [recent, new Map()];
    return times === 1 ? id : `${id}:${times}`;
  };
}

const STATUS: Readonly<Record<string, RowStatus>> = {
  CREATED: 'CREATED',
  UPDATED: 'UPDATED',
  UNCHANGED: 'UNCHANGED',
  CONFLICT: 'CONFLICT',
};

/** As `recordEvents` names the field in its problems. */
function pathOf(field: string, name: string): string {
  if (field === 'externalId') return 'id';
  if (field === 'visitor') return 'deviceId';
  if (field === 'property') return `properties.${name}`;
  return field === 'profileExternalId' ? 'profile' : field;
}

function propertiesOf(text: string): Record<string, unknown> | null {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

const CODES: Readonly<Record<string, ImportProblemCode>> = {
  'profile UNKNOWN': 'UNKNOWN_PROFILE',
  'profile REQUIRED': 'NO_IDENTITY',
  'id MISMATCH': 'CONFLICT',
  'occurredAt RANGE': 'DATE_RANGE',
  'kind UNKNOWN': 'UNKNOWN',
};
const GENERAL: Readonly<Record<string, ImportProblemCode>> = {
  REQUIRED: 'REQUIRED',
  RANGE: 'RANGE',
  UNKNOWN: 'UNKNOWN',
  TOO_MANY: 'TOO_MANY',
};

function problemsOf({ problems }: EventResult, row: EventRow | undefined): CellProblem[] {
  return problems.map(({ path, code, message }) => ({
    at: row?.places.get(path.join('.')) ?? row?.places.get(path[0] ?? '') ?? null,
    code: CODES[`${path[0] ?? ''} ${code}`] ?? GENERAL[code] ?? 'OTHER',
    detail: message,
  }));
}
