import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { ShopperRows } from './shopper-rows.ts';

/**
 * Moves what is to be moved from one profile to another, in the caller's transaction and in the order of the list. A
 * row never changes its owner in place: it is taken out and put back, so that it may go to another machine.
 */
export async function moveShopperRows(
  tx: Context,
  registry: readonly ShopperRows[],
  from: string,
  to: string,
): Promise<void> {
  for (const { table, atMerge, move } of registry) {
    if (atMerge === 'KEEP') continue;
    if (move) await move(tx, from, to);
    else await moveRows(tx, table, from, to);
  }
}

/** Every row of one table. @returns how many */
export async function moveRows(tx: Context, table: keyof Tables, from: string, to: string): Promise<number> {
  const name = sql.table(`public.${table}`);
  const columns = sql.join((await storedColumns(tx, table)).map((column) => sql.ref(column)));
  const { numAffectedRows } = await sql`
    with moved as (delete from ${name} where profile_id = ${from} returning *)
    insert into ${name} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${name},
      (select jsonb_agg(to_jsonb(moved) || jsonb_build_object('profile_id', ${to}::text)) from moved))`.execute(
    tx.sql,
  );
  return Number(numAffectedRows ?? 0n);
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
export async function moveIdentities(tx: Context, from: string, to: string): Promise<void> {
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
  await moveRows(tx, 'identity', from, to);
  await tx.sql.updateTable('identity_key').set({ profile_id: to }).where('profile_id', '=', from).execute();
}
