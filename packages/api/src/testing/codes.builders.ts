import type { PresentedCode } from '@clientele/shared/promotions';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { aBrand } from './company.builders.ts';

export interface BuiltPool {
  id: string;
  brandId: string;
  promotionId: string;
}

/** A pool without codes; single use, no end, unless told otherwise. Its promotion need not exist. */
export async function aPool(
  ctx: Context,
  pool: {
    brandId?: string;
    promotionId?: string;
    kind?: 'GENERIC' | 'SINGLE_USE';
    pattern?: string | null;
    validFrom?: Date;
    validTo?: Date;
    validDays?: number;
    usesTotal?: number;
    usesPerShopper?: number;
    freeOnReturn?: boolean;
  } = {},
): Promise<BuiltPool> {
  const id = newId();
  const brandId = pool.brandId ?? (await aBrand(ctx));
  const promotionId = pool.promotionId ?? newId();
  await ctx.sql
    .insertInto('promo_code_pool')
    .values({
      id,
      brand_id: brandId,
      promotion_id: promotionId,
      name: 'Осень',
      kind: pool.kind ?? 'SINGLE_USE',
      pattern: pool.pattern === undefined ? 'T-########' : pool.pattern,
      alphabet: '23456789ABCDEFGHJKMNPQRSTUVWXYZ',
      time_zone: 'Europe/Moscow',
      valid_from: pool.validFrom ?? null,
      valid_to: pool.validTo ?? null,
      valid_days: pool.validDays ?? null,
      uses_total: pool.usesTotal ?? null,
      uses_per_shopper: pool.usesPerShopper ?? null,
      free_on_return: pool.freeOnReturn ?? true,
      created_at: ctx.clock.now(),
    })
    .execute();
  return { id, brandId, promotionId };
}

let made = 0;

/** A code of that pool nobody else has. @returns as it is printed */
export async function aCode(
  ctx: Context,
  pool: BuiltPool,
  code: { code?: string; profileId?: string; validFrom?: Date; expiresAt?: Date; issuedAt?: Date } = {},
): Promise<string> {
  made += 1;
  const text = code.code ?? `TEST-${made}-${newId().slice(-4)}`;
  const issuedAt = code.issuedAt ?? (code.profileId === undefined ? null : ctx.clock.now());
  await sql`
    insert into promo_code (id, pool_id, brand_id, key, code, state, profile_id, issued_at, valid_from, expires_at, created_at)
    values (${newId()}, ${pool.id}, ${pool.brandId}, public.promo_code_key(${text}), ${text},
      ${issuedAt === null ? 'FREE' : 'ISSUED'}, ${code.profileId ?? null}, ${issuedAt}, ${code.validFrom ?? null},
      ${code.expiresAt ?? null}, ${ctx.clock.now()})`.execute(ctx.sql);
  return text;
}

/** The codes of one purchase, as the orders' functions work with them. */
export class CodesOfOrder {
  readonly ctx: Context;
  readonly pool: BuiltPool;
  readonly orderId = newId();
  readonly profileId: string | null;

  constructor(ctx: Context, pool: BuiltPool, profileId: string | null = null) {
    this.ctx = ctx;
    this.pool = pool;
    this.profileId = profileId;
  }

  /** What the register says of each typed code. */
  async presented(...codes: readonly string[]): Promise<PresentedCode[]> {
    const { rows } = await sql<{ presented: PresentedCode[] }>`
      select public.codes_presented(${JSON.stringify(codes)}::jsonb, ${this.profileId}, ${this.pool.brandId}, ${this.orderId},
        ${this.ctx.clock.now()}) as presented`.execute(this.ctx.sql);
    return rows[0]?.presented ?? [];
  }

  /** Why each does nothing; null: it works. */
  async refused(...codes: readonly string[]): Promise<(string | null)[]> {
    return (await this.presented(...codes)).map(({ refused }) => refused);
  }

  async hold(codes: readonly string[], minutes = 30): Promise<void> {
    const now = this.ctx.clock.now();
    const wanted = codes.map((code) => ({ code, promotionId: this.pool.promotionId }));
    await sql`
      select public.hold_promo_codes(${this.orderId}, ${this.profileId}, ${JSON.stringify(wanted)}::jsonb,
        ${new Date(now.getTime() + minutes * 60_000)}, ${now})`.execute(this.ctx.sql);
  }

  async release(): Promise<void> {
    await sql`select public.release_promo_codes(${this.orderId}, ${this.ctx.clock.now()})`.execute(
      this.ctx.sql,
    );
  }

  /** @returns the conflicts */
  async redeem(): Promise<unknown[]> {
    const { rows } = await sql<{ conflicts: unknown[] }>`
      select public.redeem_promo_codes(${this.orderId}, ${this.profileId}, ${this.ctx.clock.now()}) as conflicts`.execute(
      this.ctx.sql,
    );
    return rows[0]?.conflicts ?? [];
  }

  async free(): Promise<void> {
    await sql`select public.free_promo_codes(${this.orderId}, ${this.ctx.clock.now()})`.execute(this.ctx.sql);
  }
}
