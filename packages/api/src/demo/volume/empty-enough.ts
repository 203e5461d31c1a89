import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { DemoCompany } from '../demo-setting.ts';
import { DEMO_SOURCE } from '../purchases.ts';

/** Why a large company is not made here, in words. */
export class NotEmpty extends Error {}

/** Of the small demo company. */
const DEMO_PEOPLE = 300;

/**
 * Nobody's data is mixed with invented people: there is nobody yet, or the demo company as it was made.
 * @throws NotEmpty
 */
export async function demandEmptyEnough(ctx: Context, demo: DemoCompany | null): Promise<void> {
  const { rows } = await sql<{ people: number; brands: number; theirs: boolean }>`
    select (select count(*)::integer from (select from public.profile where kind = 'PERSON' limit ${DEMO_PEOPLE + 1}) few) as people,
      (select count(*)::integer from public.brand) as brands,
      exists (select from public.orders where source not like ${`${DEMO_SOURCE}%`}) as theirs`.execute(
    ctx.sql,
  );
  const [found] = rows;
  if (found === undefined) throw new Error('the database says nothing of itself');
  const { people, brands, theirs } = found;
  if (demo === null && (people > 0 || brands > 0))
    throw new NotEmpty(
      'There is a company already. A large demo company is made in an empty database only: name another one by DATABASE_URL or DATA_DIR.',
    );
  if (people > DEMO_PEOPLE || theirs)
    throw new NotEmpty(
      'The company has people or purchases of its own already. A large demo company is made in an empty database, or beside the demo company as it was made: name another one by DATABASE_URL or DATA_DIR.',
    );
}
