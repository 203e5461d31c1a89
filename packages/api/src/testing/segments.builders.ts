import type { Updateable } from 'kysely';
import { createStore } from '../company/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tables } from '../platform/database/tables.ts';
import { newId } from '../platform/ids.ts';
import { aMember, type Shop } from './orders.builders.ts';

/** A person of whom exactly that is known. @returns its id */
export async function aPersonWith(
  ctx: Context,
  shop: Shop,
  known: Updateable<Tables['profile']> = {},
): Promise<string> {
  const id = await aMember(ctx, shop);
  await ctx.sql
    .updateTable('profile')
    .set({ given_name: null, updated_at: ctx.clock.now(), ...known })
    .where('id', '=', id)
    .execute();
  return id;
}

/** One more store of the shop's brand. */
export async function aStoreIn(
  ctx: Context,
  shop: Shop,
  timeZone: string,
): Promise<{ id: string; code: string }> {
  const code = `store-${newId()}`;
  const id = await createStore(ctx, {
    brandId: shop.brandId,
    code,
    name: 'Store',
    timeZone,
    currency: shop.currency,
    country: 'RU',
    language: 'ru',
  });
  return { id, code };
}
