import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { keptPlan, planForAnyParameters } from '../../platform/database/kept-plans.ts';
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
  /** SQL, uuid[]: whose rows the transaction holds; no others are changed. */
  held: Fragment;
  /** What to compute, each by its own conditions. */
  worlds: readonly World[];
  /** Numbers that stay as they stand; whatever is neither kept nor computed goes. */
  keep: readonly number[];
  /** All there is to compute is computed: what was known of the next moment holds no more, and rows of the gone go. */
  whole: boolean;
}

/** For so many people all segments take longer to plan than to answer; for more, the plan matters more. */
const KEPT_PLAN_AT_MOST = 150;

/**
 * Every row of the scope is held until the transaction ends: before anything is computed, so that what another worker
 * writes meanwhile is seen.
 * @returns SQL, uuid[]: whose rows those are
 */
export async function holdRows(tx: Context, scope: Scope): Promise<Fragment> {
  // As text: thousands of ids go there and back, and nobody here reads them.
  const { rows } = await sql<{ ids: string }>`
    select coalesce(array_agg(profile_id), '{}')::text as ids from (
      select profile_id from public.profile_segment where ${inScope(scope, sql`profile_id`)}
      order by profile_id for update) held`.execute(tx.sql);
  return sql`${rows[0]?.ids ?? '{}'}::uuid[]`;
}

/**
 * Computes and writes what is different now, in one statement. Who can be in no segment any more loses the row where the whole
 * is looked at, and not beside: that they left is told by whoever looks at it. Who has no row yet gets one, written
 * once and whole; where another worker came first, its row stays, and they are looked at again.
 * @returns whose numbers changed
 */
export async function writeMembership(tx: Context, write: MembershipWrite): Promise<Moved[]> {
  const { scope, held, keep, whole } = write;
  const fresh = await freshRows(tx, write);
  const names = fresh.map((_statement, index) => sql.raw(`fresh${index}`));
  const kept = sql`select n from unnest(own.segments) n where n = any(${[...keep]}::smallint[])`;
  const after = sql.join([kept, ...names.map((name) => sql`select unnest(${name}.segments)`)], sql` union `);
  const moments = sql.join([
    whole ? sql`null::timestamptz` : sql`own.next_check_at`,
    ...names.map((name) => sql`${name}.next_check_at`),
  ]);
  const few = 'profiles' in scope && scope.profiles.length <= KEPT_PLAN_AT_MOST;
  if (few) await planForAnyParameters(tx.sql);
  const query = sql<Moved>`${few ? keptPlan('membership') : sql``}
    with ${sql.join(fresh.map((statement, index) => sql`${names[index]} as materialized (${statement})`))},
    people as materialized (${persons(scope)}),
    compared as materialized (
      select coalesce(own.profile_id, people.id) as profile_id, coalesce(own.segments, '{}') as before,
        own.profile_id is null as unknown, people.id is not null as person,
        case when people.id is null then '{}'::smallint[] else array(${after} order by 1) end as after,
        least(${moments}) as next_check_at
      from (select known.* from public.profile_segment known join unnest(${held}) id on id = known.profile_id) own
      full join people on people.id = own.profile_id
      ${sql.join(
        names.map((name) => sql`left join ${name} on ${name}.profile_id = people.id`),
        sql` `,
      )}),
    written as (
      update public.profile_segment own
      set segments = compared.after, next_check_at = compared.next_check_at, failed_at = null
      from compared where compared.profile_id = own.profile_id and compared.person and not compared.unknown
        and (own.segments, own.next_check_at, own.failed_at)
          is distinct from (compared.after, compared.next_check_at, null::timestamptz)),
    gone as (
      delete from public.profile_segment own using compared
      where compared.profile_id = own.profile_id and not compared.person and ${whole ? sql`true` : sql`false`}),
    met as (
      insert into public.profile_segment (profile_id, segments, next_check_at)
      select profile_id, after, next_check_at from compared where unknown order by profile_id
      on conflict do nothing returning profile_id),
    missed as (
      insert into public.segment_dirty (profile_id)
      select profile_id from compared where unknown and profile_id not in (select profile_id from met))
    select profile_id as "profileId",
      array(select unnest(after) except select unnest(before)) as entered,
      array(select unnest(before) except select unnest(after)) as left
    from compared where before is distinct from after
      and (not unknown or profile_id in (select profile_id from met))`.compile(tx.sql);
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
  return sql`select people.id as profile_id, '{}'::smallint[] as segments, null::timestamptz as next_check_at
    from (${persons(scope)}) people`;
}
