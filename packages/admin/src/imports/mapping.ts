import type { FieldRule, ImportKind, Inspection } from './operations.ts';

/** What a person chose for one column. */
export interface ColumnChoice {
  column: string;
  /** Empty: it is not imported. */
  field: string;
  /** Of a field that carries a name: `city` of `attribute:city`. */
  name: string;
}

export interface Choices {
  kind: ImportKind;
  source: string;
  encoding: string;
  delimiter: string;
  columns: ColumnChoice[];
  skipBadValues: boolean;
  /** What of a preset no control shows: dates, brand, event kinds … */
  rest: Record<string, unknown>;
}

/** The columns as the server guessed them. */
export function guessedColumns(columns: Inspection['columns']): ColumnChoice[] {
  return columns.map(({ column, field }) => choiceOf(column, field));
}

export function choiceOf(column: string, whole: string | null): ColumnChoice {
  const [field = '', ...name] = (whole ?? '').split(':');
  return { column, field, name: name.join(':') };
}

/** The same file with the columns of a preset; a column the preset does not know is left out. */
export function withPreset(columns: readonly ColumnChoice[], mapping: unknown): ColumnChoice[] {
  const known = new Map(columnsOf(mapping).map(({ column, field }) => [column.trim(), field]));
  return columns.map(({ column }) => choiceOf(column, known.get(column) ?? null));
}

/** How many columns of a preset the file has: nobody is offered a preset of another file first. */
export function fittingColumns(columns: readonly ColumnChoice[], mapping: unknown): number {
  const names = new Set(columns.map(({ column }) => column));
  return columnsOf(mapping).filter(({ column }) => names.has(column.trim())).length;
}

function columnsOf(mapping: unknown): { column: string; field: string }[] {
  const { columns } = (mapping ?? {}) as { columns?: unknown };
  if (Array.isArray(columns)) return columns as { column: string; field: string }[];
  // Mappings of orders name the column of each field.
  return Object.entries((columns ?? {}) as Record<string, string>).map(([field, column]) => ({
    column,
    field,
  }));
}

/** What of a preset stays besides its columns. */
export function restOf(mapping: unknown): Record<string, unknown> {
  const { columns: _columns, name: _name, kind: _kind, ...rest } = (mapping ?? {}) as Record<string, unknown>;
  return rest;
}

/** The mapping as the server takes it. */
export function mappingOf(choices: Choices, name: string): Record<string, unknown> {
  const { kind, encoding, delimiter, columns, skipBadValues, rest } = choices;
  const file = { ...(rest['file'] as object | undefined), encoding, delimiter };
  const chosen = columns
    .filter(({ field }) => field !== '')
    .map(({ column, field, name: own }) => ({
      column,
      field: own === '' ? field : `${field}:${own.trim()}`,
    }));
  if (kind === 'ORDERS') return { ...rest, name, file, columns: chosen };
  const options = { ...(rest['options'] as object | undefined), skipBadValues };
  return { ...rest, name, kind, file, options, columns: chosen };
}

const NEEDED: Record<ImportKind, readonly (readonly string[])[]> = {
  PROFILES: [['externalId', 'phone', 'email', 'card']],
  PRODUCTS: [['sku']],
  EVENTS: [['occurredAt'], ['visitor', 'profileExternalId', 'phone', 'email', 'card']],
  BALANCES: [['profileExternalId', 'phone', 'email', 'card'], ['points']],
  ORDERS: [['externalId'], ['occurredAt'], ['sku'], ['quantity'], ['unitPrice']],
};

/** Groups of fields of which no column is one; none: it can be checked. */
export function missingFields({ kind, columns }: Pick<Choices, 'kind' | 'columns'>): (readonly string[])[] {
  const chosen = new Set(columns.map(({ field }) => field));
  return NEEDED[kind].filter((group) => !group.some((field) => chosen.has(field)));
}

/** Columns that cannot be as they are: a name is missing, or two say the same. */
export function wrongColumns(
  { columns }: Pick<Choices, 'columns'>,
  rules: readonly FieldRule[],
): Map<string, 'NAME' | 'TWICE'> {
  const wrong = new Map<string, 'NAME' | 'TWICE'>();
  const seen = new Set<string>();
  for (const { column, field, name } of columns) {
    if (field === '') continue;
    const rule = rules.find((each) => each.field === field);
    const whole = `${field}:${name.trim()}`;
    if (rule?.named === true && name.trim() === '') wrong.set(column, 'NAME');
    else if (seen.has(whole) && (rule?.many !== true || rule.named)) wrong.set(column, 'TWICE');
    seen.add(whole);
  }
  return wrong;
}
