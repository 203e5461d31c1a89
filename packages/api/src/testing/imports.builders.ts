import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import {
  importTable,
  parseTableMapping,
  type TableImported,
  type TableKind,
  type TableReport,
} from '../exchange/index.ts';
import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { asSystem } from './company.builders.ts';

export interface BuiltTable {
  folder: string;
  source: string;
  kind: TableKind;
  /** Column and the field it is. */
  columns: readonly (readonly [string, string])[];
  /** Below the header, columns separated by `;`. */
  rows: readonly string[];
  /** A file that is there already. */
  path?: string;
  options?: Record<string, unknown>;
  file?: Record<string, unknown>;
  dryRun?: boolean;
  errorFile?: string;
}

export function aTableMapping({
  kind,
  columns,
  options = {},
  file = {},
}: Omit<BuiltTable, 'rows' | 'folder'>) {
  return parseTableMapping({
    name: 'test',
    kind,
    columns: columns.map(([column, field]) => ({ column, field })),
    options,
    file,
  });
}

export async function aTableImport(ctx: Context, table: BuiltTable): Promise<TableImported> {
  const path = table.path ?? join(table.folder, `${newId()}.csv`);
  if (table.path === undefined) {
    const header = table.columns.map(([column]) => column).join(';');
    await writeFile(path, `${[header, ...table.rows].join('\n')}\n`);
  }
  return importTable(asSystem(ctx), {
    path,
    source: table.source,
    mapping: aTableMapping(table),
    dryRun: table.dryRun,
    errorFile: table.errorFile,
  });
}

/** `rows 3, created 2, rejected 1` */
export function shortReport({ rows, counts }: TableReport): string {
  const told = Object.entries(counts).flatMap(([status, count]) =>
    count === 0 ? [] : [`${status.toLowerCase()} ${count}`],
  );
  return [`rows ${rows}`, ...told].join(', ');
}

export interface FoundPerson {
  externalId: string;
  /** In the order they are shown. */
  contacts: string[];
  name: string;
  birthDate: string | null;
  gender: string | null;
  tags: string[];
  attributes: Record<string, unknown>;
}

/** The persons a source knows, in the order of its ids. */
export async function peopleOf(ctx: Context, source: string): Promise<FoundPerson[]> {
  const { rows } = await sql<
    Omit<FoundPerson, 'contacts'> & { contacts: { kind: string; sealed: string }[] }
  >`
    select own.masked as "externalId", concat_ws(' ', p.given_name, p.patronymic, p.family_name) as name,
      p.birth_date as "birthDate", p.gender, p.tags, p.attributes,
      (select coalesce(jsonb_agg(jsonb_build_object('kind', i.kind, 'sealed', i.sealed) order by i.kind desc, i.position), '[]')
       from identity i where i.profile_id = p.id and i.kind <> 'EXTERNAL') as contacts
    from identity own join profile p on p.id = own.profile_id
    where own.kind = 'EXTERNAL' and own.source = ${source} order by own.masked`.execute(ctx.sql);
  return rows.map((row) => ({
    ...row,
    contacts: row.contacts.map(({ kind, sealed }) => `${kind} ${ctx.vault.open(sealed)}`),
  }));
}
