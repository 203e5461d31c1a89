import type { Context } from '../../platform/context.ts';
import type { Feature } from './feature.ts';
import type { Fragment } from './fragment.ts';
import type { Scope } from './scope.ts';
import type { Surroundings } from './surroundings.ts';

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
