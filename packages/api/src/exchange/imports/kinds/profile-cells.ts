import type { Context } from '../../../platform/context.ts';
import type { InputProblem } from '../../../platform/errors.ts';
import { globalId } from '../../../platform/graphql/global-id.ts';
import {
  attributeFromText,
  type ConsentTextRecord,
  type KnownAttribute,
  type ProfileRecordInput,
} from '../../../profiles/index.ts';
import { UnusableMapping } from '../../exchange.errors.ts';
import type { CellProblem, ImportProblemCode } from '../import-problem.ts';
import type { MappedColumn } from '../mapping/fields.ts';
import { valueReaders, type ValueReaders } from '../mapping/read-values.ts';
import type { TableMapping } from '../mapping/table-mapping.ts';
import { splitName } from './split-name.ts';

interface Draft {
  input: Writable<ProfileRecordInput> & {
    phones?: string[];
    emails?: string[];
    cards?: string[];
    tags?: string[];
    consents?: { textId: string; granted: boolean; channel: Channel | null; topic: string | null }[];
    attributes?: Record<string, unknown>;
  };
  /** Column of each value by its path in the record: `phones.1`. */
  places: Map<string, number>;
  problems: CellProblem[];
  unread: Record<string, string>;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type Channel = 'EMAIL' | 'SMS' | 'VIBER' | 'PUSH' | 'CALL';
type CellReader = (cell: string, draft: Draft, at: number) => void;

/** A row of a person as the upsert takes it; what cannot be read is told by column. */
export interface ProfileCells {
  readonly input: ProfileRecordInput;
  /** The same with what could not be read as it stands. */
  readonly content: Record<string, unknown>;
  readonly problems: CellProblem[];
  readonly columnOf: (path: readonly string[]) => number | null;
}

export interface CellsOptions {
  readonly mapping: TableMapping;
  readonly columns: readonly MappedColumn[];
  readonly texts: readonly ConsentTextRecord[];
  readonly attributes: ReadonlyMap<string, KnownAttribute>;
}

/** An empty cell says nothing: it never takes a value away. @throws UnusableMapping */
export async function profileCells(
  ctx: Pick<Context, 'sql'>,
  options: CellsOptions,
): Promise<(fields: readonly string[]) => ProfileCells> {
  const { mapping, columns } = options;
  const readers = valueReaders(mapping);
  const brandId = await brandOf(ctx, mapping);
  const read = columns.map((column): [number, CellReader] => [
    column.at,
    readerOf(column, { ...options, readers, brandId }),
  ]);
  const { tags } = mapping.options;
  return (fields) => {
    const draft: Draft = { input: {}, places: new Map(), problems: [], unread: {} };
    if (tags.length > 0) draft.input.tags = [...tags];
    for (const [at, reader] of read) {
      const cell = fields[at]?.trim() ?? '';
      if (cell !== '') reader(cell, draft, at);
    }
    return {
      input: draft.input,
      content: { ...draft.input, ...draft.unread },
      problems: draft.problems,
      columnOf: (path) => draft.places.get(path.join('.')) ?? draft.places.get(path[0] ?? '') ?? null,
    };
  };
}

async function brandOf(ctx: Pick<Context, 'sql'>, { options }: TableMapping): Promise<string | null> {
  if (options.brand === undefined) return null;
  const brand = await ctx.sql
    .selectFrom('brand')
    .select('id')
    .where('code', '=', options.brand)
    .executeTakeFirst();
  if (brand === undefined) throw new UnusableMapping(`there is no brand ${options.brand}`);
  return brand.id;
}

interface ReaderOptions extends CellsOptions {
  readonly readers: ValueReaders;
  readonly brandId: string | null;
}

function readerOf({ field, name }: MappedColumn, options: ReaderOptions): CellReader {
  const { readers } = options;
  switch (field) {
    case 'phone':
      return list('phones', /[;,\n]/);
    case 'email':
      return list('emails', /[;,\s]/);
    case 'card':
      return list('cards', /[;,\n]/);
    case 'tags':
      return list('tags', /[;,|\n]/);
    case 'fullName':
      return (cell, { input, places }, at) => {
        for (const [part, value] of Object.entries(splitName(cell))) {
          Object.assign(input, { [part]: value });
          places.set(part, at);
        }
      };
    case 'birthDate':
      return parsed('birthDate', readers.date, 'DATE');
    case 'gender':
      return parsed('gender', readers.gender, 'GENDER');
    case 'updatedAt':
      return parsed('updatedAt', readers.instant, 'DATE_TIME');
    case 'preferredStore':
      return parsed('preferredStoreCode', same, 'UNKNOWN');
    case 'preferredChannel':
      return parsed('preferredChannel', (cell) => cell.toUpperCase(), 'UNKNOWN');
    case 'doNotDisturb':
      return parsed('doNotDisturb', readers.yesNo, 'YES_NO');
    case 'consent':
      return consentReader(name, options);
    case 'attribute':
      return attributeReader(name, options);
    default:
      return parsed(field as keyof ProfileRecordInput, same, 'OTHER');
  }
}

const same = (cell: string): string => cell;

function parsed(
  field: keyof ProfileRecordInput,
  read: (cell: string) => unknown,
  code: ImportProblemCode,
): CellReader {
  return (cell, { input, places, problems, unread }, at) => {
    const value = read(cell);
    if (value === null) {
      problems.push({ at, code });
      unread[field] = cell;
    } else Object.assign(input, { [field]: value });
    places.set(field, at);
  };
}

function list(field: 'phones' | 'emails' | 'cards' | 'tags', between: RegExp): CellReader {
  return (cell, { input, places }, at) => {
    const values = (input[field] ??= []);
    for (const part of cell.split(between)) {
      const value = part.trim();
      if (value === '') continue;
      places.set(`${field}.${values.length}`, at);
      values.push(value);
    }
    places.set(field, at);
  };
}

const CHANNELS = new Set<string>(['EMAIL', 'SMS', 'VIBER', 'PUSH', 'CALL']);

/** `consent:ADVERTISING`, `consent:ADVERTISING:SMS`, `consent:ADVERTISING:EMAIL:NEWS`. */
function consentReader(name: string, { texts, readers, brandId }: ReaderOptions): CellReader {
  const [purpose = '', channel = '', topic = ''] = name.split(':');
  if ((purpose !== 'ADVERTISING' && purpose !== 'PROCESSING') || (channel !== '' && !CHANNELS.has(channel)))
    throw new UnusableMapping(`"consent:${name}" is no consent`);
  const text = texts.find(
    (each) => each.purpose === purpose && (brandId === null || each.brandId === brandId),
  );
  return (cell, { input, problems }, at) => {
    const granted = readers.yesNo(cell);
    if (granted === null) problems.push({ at, code: 'YES_NO' });
    else if (text === undefined) problems.push({ at, code: 'NO_CONSENT_TEXT' });
    else
      (input.consents ??= []).push({
        textId: globalId('ConsentText', text.id),
        granted,
        channel: channel === '' ? null : (channel as Channel),
        topic: topic === '' ? null : topic,
      });
  };
}

function attributeReader(name: string, { attributes }: ReaderOptions): CellReader {
  const definition = attributes.get(name);
  return (cell, { input, places }, at) => {
    (input.attributes ??= {})[name] = definition === undefined ? cell : attributeFromText(definition, cell);
    places.set(`attributes.${name}`, at);
    places.set('attributes', at);
  };
}

const CODES: Readonly<Record<string, ImportProblemCode>> = {
  'phones FORMAT': 'PHONE',
  'emails FORMAT': 'EMAIL',
  'cards FORMAT': 'CARD',
  'externalId FORMAT': 'EXTERNAL_ID',
  'givenName FORMAT': 'TEXT',
  'familyName FORMAT': 'TEXT',
  'patronymic FORMAT': 'TEXT',
  'tags FORMAT': 'TEXT',
  'birthDate FORMAT': 'DATE',
  'birthDate RANGE': 'DATE_RANGE',
  ' REQUIRED': 'NO_IDENTITY',
};
const GENERAL: Readonly<Record<string, ImportProblemCode>> = {
  DUPLICATE: 'OTHER_PERSON',
  ERASED: 'ERASED',
  TOO_MANY: 'TOO_MANY',
  RANGE: 'RANGE',
  UNKNOWN: 'UNKNOWN',
  REQUIRED: 'REQUIRED',
};

/** What the upsert says of a record, by column. */
export function problemsOfRecord(
  problems: readonly InputProblem[],
  columnOf: ProfileCells['columnOf'],
): CellProblem[] {
  return problems.map(({ path, code, message }) => ({
    at: columnOf(path),
    code: CODES[`${path[0] ?? ''} ${code}`] ?? GENERAL[code] ?? 'OTHER',
    detail: message,
  }));
}

/** The record without the values that cannot be taken; null where it is wrong as a whole. */
export function withoutWrong(
  input: ProfileRecordInput,
  problems: readonly InputProblem[],
): ProfileRecordInput | null {
  const left: Record<string, unknown> = { ...input };
  for (const { path } of problems) {
    const [field, inner] = path;
    if (field === undefined) return null;
    const value = left[field];
    if (Array.isArray(value) && inner !== undefined)
      left[field] = value.map((item: unknown, index) => (String(index) === inner ? undefined : item));
    else if (field === 'attributes' && inner !== undefined)
      left[field] = Object.fromEntries(
        Object.entries(value as Record<string, unknown>).filter(([name]) => name !== inner),
      );
    else delete left[field];
  }
  for (const [field, value] of Object.entries(left)) {
    if (!Array.isArray(value)) continue;
    const kept = value.filter((item) => item !== undefined);
    // An empty list would take away what is known.
    if (kept.length === 0) delete left[field];
    else left[field] = kept;
  }
  return left;
}
