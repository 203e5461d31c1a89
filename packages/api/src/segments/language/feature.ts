import type { Context } from '../../platform/context.ts';
import type { Fragment } from './fragment.ts';
import type { Scope } from './scope.ts';
import type { Surroundings } from './surroundings.ts';

/** What a feature says of a shopper. Sums and counts are whole numbers. */
export type FeatureValue = boolean | number | string | Date | null;

/** In TypeScript: the value, and when it may be another without any new row (null: never). */
export interface Observed {
  readonly value: FeatureValue;
  readonly changesAt: Date | null;
  /** What to show instead of the value, where that is only yes or no: the date of the last purchase, say. */
  readonly shown?: FeatureValue;
}

/** In SQL over rows `r` of the source: aggregates, or plain expressions of a source with single rows. */
export interface FeatureSql {
  readonly value: Fragment;
  /** timestamptz; null: it never changes by itself. A moment too early costs a look, one too late an error. */
  readonly changesAt: Fragment | null;
  /** The value of a shopper without rows. */
  readonly none: Fragment;
  /** Whether a row `r` counts for the value at this moment: without the others it is the same. Absent: all may. */
  readonly counts?: Fragment;
}

/**
 * Rows about shoppers that features are made of: the profile itself, purchases, events … A statement reads each source
 * once, whatever number of segments looks at it; the explanation of one shopper reads the same rows and counts in
 * TypeScript.
 */
export interface Source<Row> {
  readonly code: string;
  /** Tables with a `profile_id` (or `profile` itself) whose changes may change what is read here. */
  readonly tables: readonly string[];
  /** One row a shopper at most: its features are plain expressions, not aggregates. */
  readonly single: boolean;
  /** A select of rows with `profile_id`, whose columns the features name as `r.…`; `features` tells what they want. */
  rows(scope: Scope, features: readonly Feature[], surroundings: Surroundings): Fragment;
  read(
    ctx: Pick<Context, 'sql'>,
    profileId: string,
    features: readonly Feature[],
    surroundings: Surroundings,
  ): Promise<readonly Row[]>;
}

/** Something worked out once for each row of a source, however many features look at it. */
export interface RowColumn {
  /** Equal for equal ones. */
  readonly name: string;
  /** Over the row's own columns `r.…`. */
  readonly sql: Fragment;
}

/** Something known of one shopper, computed once however many conditions ask. */
export interface Feature {
  readonly source: Source<unknown>;
  /** Equal for equal features: the source and all arguments. */
  readonly key: string;
  readonly sql: FeatureSql;
  /** What the source has to bring for it, in the source's own words. */
  readonly wants: readonly unknown[];
  /** What is worked out for each row first. */
  readonly columns: readonly RowColumn[];
  ofRows(rows: readonly unknown[]): Observed;
}

export interface FeatureDefinition<Row> {
  /** Its arguments besides the source and the moment of asking. */
  readonly about: unknown;
  readonly sql: FeatureSql;
  readonly wants?: readonly unknown[];
  readonly columns?: readonly RowColumn[];
  ofRows(rows: readonly Row[]): Observed;
}

export function feature<Row>(
  source: Source<Row>,
  { about, sql, wants = [], columns = [], ofRows }: FeatureDefinition<Row>,
): Feature {
  return {
    source,
    key: `${source.code} ${canonical(about)}`,
    sql,
    wants,
    columns,
    // The evaluator hands over what the same source has read.
    ofRows: (rows) => ofRows(rows as readonly Row[]),
  };
}

/** The same text for the same arguments, in whatever order their keys stand. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** The first of some moments; null: none of them ever comes. */
export function earliest(moments: readonly (Date | null)[]): Date | null {
  return moments.reduce(
    (first, moment) => (first === null || (moment !== null && moment < first) ? moment : first),
    null,
  );
}
