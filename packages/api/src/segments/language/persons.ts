import { sql } from 'kysely';
import type { Fragment } from './fragment.ts';
import { inScope, type Scope } from './scope.ts';

/** Who can be in a segment: persons that stand for themselves, neither merged into others nor erased. */
export function persons(scope: Scope): Fragment {
  return sql`select profile.id from profile
    where profile.kind = 'PERSON' and profile.merged_into is null and profile.erased_at is null
      and ${inScope(scope, sql`profile.id`)}`;
}
