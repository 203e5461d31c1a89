import { isGroup, type Condition, type Group } from '@clientele/shared/segments';
import { sql } from 'kysely';
import type { Feature, Source } from './feature.ts';
import { allOf, anyOf, column, type Fragment } from './fragment.ts';
import { questionOf, type LeafTable } from './leaf-kind.ts';
import type { Surroundings } from './surroundings.ts';

/** A feature and the column it comes in. */
export interface PlannedFeature {
  readonly column: Fragment;
  readonly feature: Feature;
}

/** Features of several conditions, each once, and the conditions over their columns. */
export interface Plan {
  readonly sources: ReadonlyMap<Source<unknown>, readonly PlannedFeature[]>;
  /** Segments that others name, those they name themselves first. */
  readonly named: readonly { readonly column: Fragment; readonly holds: Fragment }[];
  /** One for each condition asked for. */
  readonly holds: readonly Fragment[];
}

/** Adds conditions to a plan, one by one. */
export interface Planner {
  /** @throws Error where the condition names a segment that is not there: that is checked before */
  add(condition: Condition): void;
  readonly plan: Plan;
}

export function planOf(condition: Condition, leaves: LeafTable, surroundings: Surroundings): Plan {
  const planner = startPlan(leaves, surroundings);
  planner.add(condition);
  return planner.plan;
}

export function startPlan(leaves: LeafTable, surroundings: Surroundings): Planner {
  const asked: Fragment[] = [];
  const planned = new Map<string, PlannedFeature>();
  const named = new Map<string, { column: Fragment; holds: Fragment }>();

  const columnOf = (feature: Feature): Fragment => {
    const known = planned.get(feature.key) ?? { column: column('f', planned.size), feature };
    planned.set(feature.key, known);
    return sql`coalesce(${known.column}, ${feature.sql.none})`;
  };
  const segmentColumn = (id: string): Fragment => {
    const known = named.get(id);
    if (known !== undefined) return known.column;
    const condition = surroundings.segments.get(id);
    if (condition === undefined) throw new Error(`No segment ${id} to look into`);
    const holds = holdsOf(condition);
    const entry = { column: column('n', named.size), holds };
    named.set(id, entry);
    return entry.column;
  };
  const holdsOf = (condition: Condition): Fragment => {
    if (isGroup(condition)) return groupSql(condition, condition.of.map(holdsOf));
    if (condition.leaf === 'SEGMENT') return segmentColumn(condition.segment);
    const question = questionOf(leaves, condition, surroundings);
    return question.sql(question.features.map(columnOf));
  };

  return {
    add: (condition) => {
      asked.push(holdsOf(condition));
    },
    get plan() {
      const sources = Map.groupBy(planned.values(), ({ feature }) => feature.source);
      return { sources, named: [...named.values()], holds: asked };
    },
  };
}

function groupSql(group: Group, parts: readonly Fragment[]): Fragment {
  switch (group.group) {
    case 'ALL':
      return allOf(parts);
    case 'ANY':
      return anyOf(parts);
    case 'NONE':
      return sql`(not ${anyOf(parts)})`;
    case 'AT_LEAST': {
      const counts = parts.map((part) => sql`(${part})::int`);
      return counts.length === 0
        ? sql`(${group.k} <= 0)`
        : sql`(${sql.join(counts, sql` + `)} >= ${group.k})`;
    }
  }
}
