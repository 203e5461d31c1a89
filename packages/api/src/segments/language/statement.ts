import { setImmediate } from 'node:timers/promises';
import type { Condition } from '@clientele/shared/segments';
import { sql } from 'kysely';
import type { Feature, Source } from './feature.ts';
import { anyOf, NULL, type Fragment } from './fragment.ts';
import type { LeafTable } from './leaf-kind.ts';
import { neededSources } from './needed-sources.ts';
import { planOf, startPlan, type Plan, type PlannedFeature } from './plan.ts';
import type { Scope } from './scope.ts';
import { persons } from './persons.ts';
import type { Surroundings } from './surroundings.ts';

/** A segment as membership is computed: rows keep its number. */
export interface NumberedCondition {
  readonly number: number;
  readonly condition: Condition;
}

/** Segments planned in one go: a few milliseconds, in which a till waits. */
const AT_ONCE = 32;

/**
 * Of every person in the scope: `profile_id`, `segments smallint[]` (ascending) of those asked about, and `next_check_at`
 * (timestamptz, null: never), the first moment at which any of it may change without a new row.
 */
export async function membershipStatement(
  segments: readonly NumberedCondition[],
  leaves: LeafTable,
  scope: Scope,
  surroundings: Surroundings,
): Promise<Fragment> {
  const ascending = segments.toSorted((a, b) => a.number - b.number);
  const planner = startPlan(leaves, surroundings);
  for (const [index, { condition }] of ascending.entries()) {
    planner.add(condition);
    if (index % AT_ONCE === AT_ONCE - 1) await setImmediate();
  }
  const { plan } = planner;
  const numbers = plan.holds.map(
    (holds, index) => sql`case when ${holds} then ${ascending[index]?.number ?? 0}::smallint end`,
  );
  const moments = [...plan.sources.keys()].map((_source, index) => sql`${alias(index)}.changes_at`);
  const next = moments.length === 0 ? sql`null::timestamptz` : sql`least(${sql.join(moments)})`;
  const sources: Fragment[] = [];
  for (const [source, features] of plan.sources) {
    sources.push(joined(sources.length, valuesAndMoments(source, features, scope, surroundings)));
    await setImmediate();
  }
  return sql`select people.id as profile_id,
    array_remove(array[${sql.join(numbers)}]::smallint[], null) as segments, ${next} as next_check_at
    from ${tables(plan, scope, sources)}`;
}

/**
 * `profile_id` of every person in the scope of whom the condition holds now. Rows that do not count now are left out, and
 * so are people without rows of a source that the condition cannot do without: the database may begin with the few.
 */
export function matchingStatement(
  condition: Condition,
  leaves: LeafTable,
  scope: Scope,
  surroundings: Surroundings,
): Fragment {
  const plan = planOf(condition, leaves, surroundings);
  const sources = [...plan.sources].map(([source, features], index) =>
    joined(index, valuesNow(source, features, scope, surroundings)),
  );
  const needed = neededSources(condition, leaves, surroundings);
  const hasRows = [...plan.sources.keys()].flatMap((source, index) =>
    needed.has(source) ? [sql`${alias(index)}.profile_id is not null`] : [],
  );
  return sql`select people.id as profile_id from ${tables(plan, scope, sources)}
    where ${sql.join([...plan.holds, ...hasRows], sql` and `)}`;
}

function joined(index: number, source: Fragment): Fragment {
  return sql`left join (${source}) ${alias(index)} on ${alias(index)}.profile_id = people.id`;
}

function tables(plan: Plan, scope: Scope, joins: readonly Fragment[]): Fragment {
  // OFFSET 0 keeps each named segment one value: merged into those that name it, chains of them would grow without end.
  const named = plan.named.map(
    ({ column, holds }, index) =>
      sql`cross join lateral (select ${holds} as ${column} offset 0) ${sql.raw(`named${index}`)}`,
  );
  return sql`(${persons(scope)}) people ${sql.join([...joins, ...named], sql` `)}`;
}

function valuesAndMoments(
  source: Source<unknown>,
  planned: readonly PlannedFeature[],
  scope: Scope,
  surroundings: Surroundings,
): Fragment {
  const features = planned.map(({ feature }) => feature);
  return sql`select r.profile_id, ${sql.join([...valuesOf(planned), sql`${changesAt(features)} as changes_at`])}
    from (${rowsOf(source, features, scope, surroundings)}) r ${byPerson(source)}`;
}

function valuesNow(
  source: Source<unknown>,
  planned: readonly PlannedFeature[],
  scope: Scope,
  surroundings: Surroundings,
): Fragment {
  const features = planned.map(({ feature }) => feature);
  const counts = features.flatMap((feature) => feature.sql.counts ?? []);
  const counted = counts.length < features.length ? sql`` : sql`where ${anyOf(counts)}`;
  return sql`select r.profile_id, ${sql.join(valuesOf(planned))}
    from (${rowsOf(source, features, scope, surroundings)}) r ${counted} ${byPerson(source)}`;
}

function valuesOf(planned: readonly PlannedFeature[]): Fragment[] {
  return planned.map(({ column, feature }) => sql`${feature.sql.value} as ${column}`);
}

function byPerson({ single }: Source<unknown>): Fragment {
  return single ? sql`` : sql`group by r.profile_id`;
}

/** OFFSET 0 has columns worked out once a row, not once for each feature that names them. */
function rowsOf(
  source: Source<unknown>,
  features: readonly Feature[],
  scope: Scope,
  surroundings: Surroundings,
): Fragment {
  const rows = source.rows(scope, features, surroundings);
  const columns = new Map(
    features.flatMap((feature) => feature.columns.map((column) => [column.name, column])),
  );
  if (columns.size === 0) return rows;
  const values = [...columns.values()].map((column) => sql`${column.sql} as ${sql.raw(column.name)}`);
  return sql`select r.*, ${sql.join(values)} from (${rows}) r offset 0`;
}

function changesAt(features: readonly Feature[]): Fragment {
  const moments = features.flatMap((feature) => feature.sql.changesAt ?? []);
  return moments.length === 0 ? sql`${NULL}::timestamptz` : sql`least(${sql.join(moments)})`;
}

function alias(index: number): Fragment {
  return sql.raw(`source${index}`);
}
