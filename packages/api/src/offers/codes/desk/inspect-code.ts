import { codeKey } from '@clientele/shared/promo-codes';
import { sql, type Selectable } from 'kysely';
import { demandScope, readBrands } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import type { Tables } from '../../../platform/database/tables.ts';

/** As people see it: what time has done is told. */
export const CODE_STATES = ['FREE', 'ISSUED', 'HELD', 'USED', 'EXPIRED', 'CANCELLED'] as const;
export type CodeState = (typeof CODE_STATES)[number];

export interface CodeRecord extends Selectable<Tables['promo_code']> {
  /** Of the pool where the code has none of its own. */
  from: Date | null;
  to: Date | null;
  archived: boolean;
  kind: 'GENERIC' | 'SINGLE_USE';
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * The code somebody typed, of the brands the caller sees. null: there is none.
 * @throws RequestError FORBIDDEN
 */
export async function inspectCode(ctx: Context, typed: string): Promise<CodeRecord | null> {
  const brands = await readBrands(ctx, { archived: true });
  const row = await selectCodes(ctx)
    .where('code.key', '=', codeKey(typed))
    .where('code.brand_id', 'in', [...brands.map(({ id }) => id), NOBODY])
    .orderBy('code.created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** @throws RequestError FORBIDDEN */
export async function readCode(ctx: Context, id: string): Promise<CodeRecord | null> {
  return (await selectCodes(ctx).where('code.id', '=', id).executeTakeFirst()) ?? null;
}

export function selectCodes(ctx: Context) {
  demandScope(ctx, 'offers.read');
  return ctx.sql
    .selectFrom('promo_code as code')
    .innerJoin('promo_code_pool as pool', 'pool.id', 'code.pool_id')
    .selectAll('code')
    .select(({ fn, ref }) => [
      fn.coalesce('code.valid_from', 'pool.valid_from').as('from'),
      fn.coalesce('code.expires_at', 'pool.valid_to').as('to'),
      sql<boolean>`${ref('pool.archived_at')} is not null`.as('archived'),
      'pool.kind',
    ]);
}

/** What it is to a shopper at that moment. */
export function stateOf(code: CodeRecord, now: Date): CodeState {
  if (code.state === 'USED' || code.state === 'CANCELLED') return code.state;
  if (code.archived) return 'CANCELLED';
  if (code.to !== null && code.to <= now) return 'EXPIRED';
  if (code.state === 'HELD' && code.held_until !== null && code.held_until <= now)
    return code.issued_at === null ? 'FREE' : 'ISSUED';
  return code.state;
}

export interface CodeUseRecord {
  orderId: string;
  profileId: string | null;
  state: 'HELD' | 'RELEASED' | 'USED' | 'FREED';
  heldAt: Date;
  usedAt: Date | null;
  freedAt: Date | null;
  releasedAt: Date | null;
  conflict: boolean;
}

/** The newest first. */
export async function usesOf(ctx: Context, code: Pick<CodeRecord, 'id'>): Promise<CodeUseRecord[]> {
  const rows = await ctx.sql
    .selectFrom('promo_code_use')
    .select([
      'order_id as orderId',
      'profile_id as profileId',
      'state',
      'held_at as heldAt',
      'held_until as heldUntil',
      'used_at as usedAt',
      'freed_at as freedAt',
      'released_at as releasedAt',
      'conflict',
    ])
    .where('code_id', '=', code.id)
    .orderBy('held_at', 'desc')
    .orderBy('order_id')
    .limit(SHOWN_USES)
    .execute();
  const now = ctx.clock.now();
  return rows.map(({ heldUntil, ...use }) =>
    use.state === 'HELD' && heldUntil <= now ? { ...use, state: 'RELEASED', releasedAt: heldUntil } : use,
  );
}

/** A word for everybody is used without end. */
const SHOWN_USES = 50;

/** How often a code was used and is not given back. */
export async function countUses(ctx: Context, code: Pick<CodeRecord, 'id'>): Promise<number> {
  const { count } = await ctx.sql
    .selectFrom('promo_code_use')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('code_id', '=', code.id)
    .where('state', '=', 'USED')
    .executeTakeFirstOrThrow();
  return Number(count);
}
