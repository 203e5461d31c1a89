import { sql } from 'kysely';
import type { Fragment } from './fragment.ts';

/** Whom a statement is about: some profiles, or all whose id lies from `from` to before `to` (null: to the end). */
export type Scope =
  | { readonly profiles: readonly string[] }
  | { readonly from: string; readonly to: string | null };

/** Every id there can be. */
export const EVERYBODY: Scope = { from: '00000000-0000-0000-0000-000000000000', to: null };

/** Whether a column of profile ids lies in the scope. */
export function inScope(scope: Scope, column: Fragment): Fragment {
  if ('profiles' in scope) return sql`${column} = any(${[...scope.profiles]}::uuid[])`;
  const from = sql`${column} >= ${scope.from}::uuid`;
  return scope.to === null ? from : sql`(${from} and ${column} < ${scope.to}::uuid)`;
}
