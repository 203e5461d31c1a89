import type { Context } from '../../platform/context.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { createApiKey, type ApiKeyCreated } from '../callers/create-api-key.ts';
import { demandScope } from '../callers/demand-scope.ts';
import { isScope, type Scope } from '../callers/scopes.ts';
import { isOfCaller } from './read-keys.ts';

export interface GrantKey {
  name: string;
  scopes: readonly string[];
  /** null: every store. */
  storeIds: readonly string[] | null;
  /** What it may write as, its own first; null: any. */
  sources: readonly string[] | null;
  expiresAt: Date | null;
}

/** What a program delivers or asks at a sale, and learns nothing of people by: whoever manages keys may grant it. */
const PROGRAM_SCOPES: ReadonlySet<Scope> = new Set<Scope>([
  'shoppers.identify',
  'orders.preview',
  'orders.begin',
  'orders.commit',
  'orders.return',
  'orders.attach',
  'orders.record',
  'profiles.write',
  'products.read',
  'products.write',
  'events.write',
]);

/** What only people do. */
const PEOPLE_SCOPES: ReadonlySet<Scope> = new Set<Scope>(['staff.self', 'staff.manage', 'keys.manage']);

const LONGEST_NAME = 100;
const LONGEST_SOURCE = 100;
const MOST_SOURCES = 100;

/**
 * A key for a partner's program, by somebody of the staff. Nobody grants what they may not do themselves, except what
 * programs are for.
 * @throws InvalidInput MISMATCH for a scope the caller may not grant @throws RequestError FORBIDDEN
 */
export async function grantKey(ctx: Context, input: GrantKey): Promise<ApiKeyCreated> {
  demandScope(ctx, 'keys.manage');
  const problems = await problemsOf(ctx, input);
  problems.refuseAny();
  const { name, scopes, storeIds, sources, expiresAt } = input;
  return createApiKey(ctx, {
    name,
    scopes,
    ...(storeIds ? { storeIds } : {}),
    ...(sources ? { sources } : {}),
    ...(expiresAt ? { expiresAt } : {}),
  });
}

async function problemsOf(ctx: Context, input: GrantKey): Promise<InputProblems> {
  const { name, scopes, storeIds, sources, expiresAt } = input;
  const problems = new InputProblems();
  problems.exact(name, ['name'], { max: LONGEST_NAME });
  if (scopes.length === 0) problems.add(['scopes'], 'REQUIRED', 'a key that may do nothing is of no use');
  for (const [index, scope] of scopes.entries()) {
    if (!isScope(scope)) problems.add(['scopes', index], 'UNKNOWN', 'is no scope');
    else if (!mayGrant(ctx, scope)) problems.add(['scopes', index], 'MISMATCH', 'is not yours to grant');
  }
  await checkStores(ctx, storeIds, problems);
  if (sources !== null) checkSources(sources, problems);
  if (expiresAt !== null && expiresAt <= ctx.clock.now())
    problems.add(['expiresAt'], 'RANGE', 'is in the past');
  return problems;
}

/** Whether the caller may hand this out to a program. */
export function mayGrant({ actor }: Pick<Context, 'actor'>, scope: Scope): boolean {
  return !PEOPLE_SCOPES.has(scope) && (PROGRAM_SCOPES.has(scope) || actor.scopes.has(scope));
}

async function checkStores(
  ctx: Context,
  storeIds: readonly string[] | null,
  problems: InputProblems,
): Promise<void> {
  if (storeIds === null) {
    if (!isOfCaller(ctx.actor, null))
      problems.add(['storeIds'], 'REQUIRED', 'your role holds in some stores only');
    return;
  }
  if (storeIds.length === 0) return problems.add(['storeIds'], 'REQUIRED', 'name stores, or leave it to all');
  const known = await ctx.sql
    .selectFrom('store')
    .select('id')
    .where('id', 'in', [...storeIds])
    .execute();
  for (const [index, id] of storeIds.entries())
    if (!known.some((store) => store.id === id) || !isOfCaller(ctx.actor, [id]))
      problems.add(['storeIds', index], 'UNKNOWN', 'there is no such store');
}

function checkSources(sources: readonly string[], problems: InputProblems): void {
  if (sources.length === 0) problems.add(['sources'], 'REQUIRED', 'name sources, or leave it to any');
  if (sources.length > MOST_SOURCES) problems.add(['sources'], 'TOO_MANY', `at most ${MOST_SOURCES}`);
  for (const [index, source] of sources.entries())
    problems.exact(source, ['sources', index], { max: LONGEST_SOURCE });
}
