import { sql, type RawBuilder } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tables } from '../platform/database/tables.ts';
import { newId } from '../platform/ids.ts';
import type { ShopperRows } from './shopper-rows.ts';

/** What of one table moved: how many rows, the keys they are found again by, or what its own way of moving told. */
export interface MovedTable {
  rows: number;
  keys?: string[];
  facts?: unknown;
}

/** By table. */
export type MovedRows = Record<string, MovedTable>;

/**
 * Moves what is to be moved from one profile to another, in the caller's transaction and in the order of the list. A
 * row never changes its owner in place: it is taken out and put back, so that it may go to another machine.
 * @returns what undoing it needs
 */
export async function moveShopperRows(
  tx: Context,
  registry: readonly ShopperRows[],
  from: string,
  to: string,
  mergeId: string = newId(),
): Promise<MovedRows> {
  const moved: MovedRows = {};
  for (const rows of registry) {
    if (rows.atMerge === 'KEEP') continue;
    await rows.arrange?.(tx, from, to);
    if (rows.move) moved[rows.table] = { rows: 0, facts: await rows.move(tx, from, to, mergeId) };
    else moved[rows.table] = await moveTable(tx, rows, from, to);
  }
  return moved;
}

async function moveTable(tx: Context, rows: ShopperRows, from: string, to: string): Promise<MovedTable> {
  const key = rows.with && rows.key === undefined ? null : (rows.key ?? 'id');
  const taken = await takeOver(tx, rows.table, { from, to, key, only: null });
  await followRows(tx, rows, { from, to, keys: taken.keys });
  return key === null ? { rows: taken.rows } : taken;
}

/**
 * Moves back what a merge moved, as far as it still stands with the survivor; what has come since stays there. Rows that
 * go with others go where those go, whenever they came.
 */
export async function moveBack(
  tx: Context,
  registry: readonly ShopperRows[],
  back: { mergeId: string; survivorId: string; profileId: string; moved: MovedRows; whatRemains: boolean },
): Promise<void> {
  const { survivorId: from, profileId: to, moved } = back;
  const keysOf = (table: keyof Tables): readonly string[] => moved[table]?.keys ?? [];
  const gone: Record<string, string[]> = {};
  for (const { table, atMerge, unmove, key, with: parent, lookups } of registry) {
    if (atMerge === 'KEEP') continue;
    if (unmove) {
      await unmove(tx, { ...back, facts: moved[table]?.facts, keysOf });
      continue;
    }
    const column = parent && key === undefined ? null : (key ?? 'id');
    const conditions = [
      ...(column === null ? [] : [isOneOf(column, keysOf(table))]),
      ...(parent ? [isOneOf(parent.column, gone[parent.table] ?? [])] : []),
    ];
    const only = sql<boolean>`(${sql.join(conditions, sql` or `)})`;
    const taken = await takeOver(tx, table, { from, to, key: column, only });
    gone[table] = taken.keys ?? [];
    await followRows(tx, { lookups }, { from, to, keys: gone[table] });
  }
}

/** What tells whose the rows are. */
async function followRows(
  tx: Context,
  { lookups = [] }: { lookups?: ShopperRows['lookups'] | undefined },
  { from, to, keys }: { from: string; to: string; keys: readonly string[] },
): Promise<void> {
  for (const { table, column } of lookups) {
    await sql`update ${sql.table(`public.${table}`)} set profile_id = ${to}
      where profile_id = ${from} and ${isOneOf(column, keys)}`.execute(tx.sql);
  }
}

function isOneOf(column: string, keys: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} = any(${[...keys]}::uuid[])`;
}

/** Every row of one table. @returns how many */
export async function moveRows(tx: Context, table: keyof Tables, from: string, to: string): Promise<number> {
  return (await takeOver(tx, table, { from, to, key: null, only: null })).rows;
}

async function takeOver(
  tx: Context,
  table: keyof Tables,
  { from, to, key, only }: { from: string; to: string; key: string | null; only: RawBuilder<boolean> | null },
): Promise<{ rows: number; keys: string[] }> {
  const name = sql.table(`public.${table}`);
  const stored = await storedColumns(tx, table);
  const columns = sql.join(stored.map((column) => sql.ref(column)));
  const values = sql.join(
    stored.map((column) => (column === 'profile_id' ? sql`${to}::uuid` : sql.ref(column))),
  );
  const { rows } = await sql<{ rows: number; keys: string[] }>`
    with moved as (delete from ${name} where profile_id = ${from} and ${only ?? sql`true`} returning *),
    put as (insert into ${name} (${columns}) select ${values} from moved)
    select count(*) as rows, ${key === null ? sql`'[]'::jsonb` : sql`coalesce(jsonb_agg(${sql.ref(key)}), '[]')`} as keys
    from moved`.execute(tx.sql);
  return rows[0] ?? { rows: 0, keys: [] };
}

/** All but those the database computes itself. */
async function storedColumns(tx: Context, table: keyof Tables): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = ${`public.${table}`}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`.execute(
    tx.sql,
  );
  return rows.map(({ name }) => name);
}

/** The survivor's own come first: what is shown of them does not change. */
export async function putIdentitiesBehind(tx: Context, from: string, to: string): Promise<void> {
  await tx.sql
    .updateTable('identity')
    .set((eb) => ({
      position: eb(
        'position',
        '+',
        eb
          .selectFrom('identity as own')
          .select((own) => own(own.fn.coalesce(own.fn.max('own.position'), own.lit(-1)), '+', 1).as('next'))
          .where('own.profile_id', '=', to),
      ),
    }))
    .where('profile_id', '=', from)
    .execute();
}
