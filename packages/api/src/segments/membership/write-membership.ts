import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import {
  inScope,
  leavesOfCompany,
  membershipStatement,
  persons,
  readSurroundings,
  type Fragment,
  type Scope,
} from '../language/index.ts';
import type { World } from './world.ts';

/** Somebody whose numbers are others now. */
export interface Moved {
  profileId: string;
  entered: number[];
  left: number[];
}

export interface MembershipWrite {
  scope: Scope;
  /** What to compute, each by its own conditions. */
  worlds: readonly World[];
  /** Numbers that stay as they stand; whatever is neither kept nor computed goes. */
  keep: readonly number[];
  /** Everything that goes by time is computed: what was known of the next moment holds no more. */
  allMoments: boolean;
}

/**
 * Everybody of the scope who can be in a segment gets a row, and every row is held until the transaction ends: before
 * anything is computed, so that what another worker writes meanwhile is seen.
 */
export async function holdRows(tx: Context, scope: Scope): Promise<void> {
  await sql`insert into public.profile_segment (profile_id)
    select people.id from (${persons(scope)}) people
    where not exists (select from public.profile_segment known where known.profile_id = people.id)
    order by people.id on conflict do nothing`.execute(tx.sql);
  await sql`select from public.profile_segment where ${inScope(scope, sql`profile_id`)}
    order by profile_id for update`.execute(tx.sql);
}

/**
 * Computes and writes what is different now, in one statement. Who can be in no segment any more loses the row where all of
 * it is looked at, and not beside: that they left is told by whoever looks at it.
 * @returns whose numbers changed
 */
export async function writeMembership(tx: Context, write: MembershipWrite): Promise<Moved[]> {
  const { scope, keep, allMoments } = write;
  const fresh = await freshRows(tx, write);
  const names = fresh.map((_statement, index) => sql.raw(`fresh${index}`));
  const kept = sql`select n from unnest(own.segments) n where n = any(${[...keep]}::int[])`;
  const after = sql.join([kept, ...names.map((name) => sql`select unnest(${name}.segments)`)], sql` union `);
  const moments = sql.join([
    allMoments ? sql`null::timestamptz` : sql`own.next_check_at`,
    ...names.map((name) => sql`${name}.next_check_at`),
  ]);
  const query = sql<Moved>`
    with ${sql.join(fresh.map((statement, index) => sql`${names[index]} as materialized (${statement})`))},
    people as materialized (${persons(scope)}),
    compared as materialized (
      select own.profile_id, own.segments as before, people.id is not null as person,
        case when people.id is null then '{}'::int[] else array(${after} order by 1) end as after,
        least(${moments}) as next_check_at
      from public.profile_segment own
      left join people on people.id = own.profile_id
      ${sql.join(
        names.map((name) => sql`left join ${name} on ${name}.profile_id = own.profile_id`),
        sql` `,
      )}
      where ${inScope(scope, sql`own.profile_id`)}),
    written as (
      update public.profile_segment own
      set segments = compared.after, next_check_at = compared.next_check_at, failed_at = null
      from compared where compared.profile_id = own.profile_id and compared.person
        and (own.segments, own.next_check_at, own.failed_at)
          is distinct from (compared.after, compared.next_check_at, null::timestamptz)),
    gone as (
      delete from public.profile_segment own using compared
      where compared.profile_id = own.profile_id and not compared.person and ${allMoments ? sql`true` : sql`false`})
    select profile_id as "profileId",
      array(select unnest(after) except select unnest(before)) as entered,
      array(select unnest(before) except select unnest(after)) as left
    from compared where before is distinct from after`.compile(tx.sql);
  // To write it down and to send it take some milliseconds each: tills come between.
  await setImmediate();
  const { rows } = await tx.sql.executeQuery(query);
  return rows;
}

async function freshRows(tx: Context, { worlds, scope }: MembershipWrite): Promise<Fragment[]> {
  const leaves = leavesOfCompany(tx);
  const statements: Fragment[] = [];
  for (const { segments, conditions } of worlds) {
    const computed = segments.filter(({ frozen }) => !frozen);
    if (computed.length > 0)
      statements.push(
        await membershipStatement(computed, leaves, scope, await readSurroundings(tx, conditions)),
      );
  }
  return statements.length > 0 ? statements : [nothing(scope)];
}

/** Where every segment is frozen: nobody is looked at, and rows of those who are gone go all the same. */
function nothing(scope: Scope): Fragment {
  return sql`select people.id as profile_id, '{}'::int[] as segments, null::timestamptz as next_check_at
    from (${persons(scope)}) people`;
}
