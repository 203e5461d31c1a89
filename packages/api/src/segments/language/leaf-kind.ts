import type { LeafArgs, LeafCode, LeafOf, Range } from '@clientele/shared/segments';
import { isWithin } from '@clientele/shared/segments';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Feature, FeatureValue } from './feature.ts';
import { allOf, type Fragment } from './fragment.ts';
import type { Surroundings } from './surroundings.ts';

/** A leaf made ready: the same question to the database and to the values of one shopper. */
export interface Question {
  readonly features: readonly Feature[];
  /** True or false, never null. @param values columns of the features, in their order */
  sql(values: readonly Fragment[]): Fragment;
  holds(values: readonly FeatureValue[]): boolean;
}

/** Something a condition names that is not there (any more). `kind`: STORE, CATEGORY, SEGMENT … */
export interface Missing {
  readonly kind: string;
  readonly value: string;
}

/** One kind of leaf: one file, one line in `segment-leaves.ts`. */
export interface LeafKind<Code extends LeafCode> {
  readonly code: Code;
  question(args: LeafArgs[Code], surroundings: Surroundings): Question;
  /** What of the arguments is not there; absent: it names nothing that could go. */
  missing?(
    ctx: Pick<Context, 'sql'>,
    args: LeafArgs[Code],
    surroundings: Surroundings,
  ): Promise<readonly Missing[]>;
}

/** All kinds but SEGMENT, which is a condition in a condition. */
export type LeafTable = { readonly [Code in Exclude<LeafCode, 'SEGMENT'>]: LeafKind<Code> };

const known = new WeakMap<Database, LeafTable>();

/** Once, at the assembly. */
export function registerLeaves(database: Database, leaves: LeafTable): void {
  known.set(database, leaves);
}

export function leavesOfCompany({ database }: Pick<Context, 'database'>): LeafTable {
  const leaves = known.get(database);
  if (leaves === undefined) throw new Error('No leaves of segments were registered');
  return leaves;
}

type Answerable = LeafOf<Exclude<LeafCode, 'SEGMENT'>>;

export function questionOf(leaves: LeafTable, leaf: Answerable, surroundings: Surroundings): Question {
  // The code of the leaf tells the type of its arguments; TypeScript does not follow it through the table.
  const kind = leaves[leaf.leaf] as unknown as LeafKind<LeafCode>;
  return kind.question(leaf, surroundings);
}

/** A number within a range; no number lies in none. */
export function numberWithin(feature: Feature, range: Range): Question {
  return {
    features: [feature],
    sql: ([value]) => {
      const bounds = [
        ...(range.least === undefined ? [] : [sql`${value} >= ${range.least}::float8`]),
        ...(range.most === undefined ? [] : [sql`${value} <= ${range.most}::float8`]),
      ];
      return sql`coalesce(${allOf(bounds)}, false)`;
    },
    holds: ([value]) => typeof value === 'number' && isWithin(value, range),
  };
}

/** A feature that is the answer itself. */
export function isTrue(feature: Feature): Question {
  return {
    features: [feature],
    sql: ([value]) => sql`coalesce(${value}, false)`,
    holds: ([value]) => value === true,
  };
}
