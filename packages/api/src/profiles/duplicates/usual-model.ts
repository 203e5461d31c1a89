import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { LISTED, searchable } from '../profile.entity.ts';
import type { FieldKind, MatchRecord } from './matching/match-record.ts';
import { USUAL_ODDS, type MatchModel } from './matching/match-model.ts';

/** Duplicates are taken to be one person in ten; a base has that many pairs of strangers for each. */
const SHARE_OF_DUPLICATES = 0.1;
/** A smaller base is judged as if it had so many people: a handful says nothing of how common a name is. */
const FEWEST = 1_000;

/** The model a base is judged by: usual mistakes, and how common these people's names are in it. */
export async function modelFor(ctx: Context, records: readonly MatchRecord[]): Promise<MatchModel> {
  const people = await countPeople(ctx);
  const counts = new Map([
    ...(await countNames(ctx, 'GIVEN_NAME', 'given_name', records)),
    ...(await countNames(ctx, 'FAMILY_NAME', 'family_name', records)),
  ]);
  return {
    prior: SHARE_OF_DUPLICATES / people,
    odds: USUAL_ODDS,
    frequency: (kind, value) => {
      const count = counts.get(`${kind} ${folded(value)}`);
      return count === undefined ? null : Math.max(count, 2) / people;
    },
  };
}

/** As the database last counted; exactly while it is small. */
async function countPeople(ctx: Context): Promise<number> {
  const { rows } = await sql<{ about: number }>`
    select greatest(reltuples, 0)::bigint as about from pg_class where oid = 'public.profile'::regclass`.execute(
    ctx.sql,
  );
  const about = rows[0]?.about ?? 0;
  if (about > 10_000) return about;
  const exact = await sql<{ people: number }>`
    select count(*) as people from public.profile where ${sql.raw(LISTED)}`.execute(ctx.sql);
  return Math.max(FEWEST, exact.rows[0]?.people ?? 0);
}

/** As `searchable` does in the database. */
function folded(name: string): string {
  return name.toLowerCase().replaceAll('ё', 'е');
}

async function countNames(
  ctx: Context,
  kind: FieldKind,
  column: 'given_name' | 'family_name',
  records: readonly MatchRecord[],
): Promise<[string, number][]> {
  const names = [...new Set(records.flatMap(({ fields }) => (fields[kind] ?? []).map(folded)))];
  if (names.length === 0) return [];
  const name = sql.raw(searchable(column));
  const { rows } = await sql<{ name: string; people: number }>`
    select ${name} as name, count(*) as people from public.profile
    where ${sql.raw(LISTED)} and ${name} = any(${names}::text[]) group by 1`.execute(ctx.sql);
  return rows.map((row) => [`${kind} ${row.name}`, row.people]);
}
