import type { Updateable } from 'kysely';
import { ensureQuarters } from '../activity/recording/event-quarters.ts';
import { createStore } from '../company/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tables } from '../platform/database/tables.ts';
import { newId } from '../platform/ids.ts';
import type { AttributeType } from '../profiles/attributes/attribute-definition.entity.ts';
import { NEWEST } from '../profiles/index.ts';
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

/** An attribute of the company, whose values nobody hides. @returns its code */
export async function anAttribute(
  ctx: Context,
  type: AttributeType,
  facts: { personal?: boolean; archived?: boolean } = {},
): Promise<string> {
  const now = ctx.clock.now();
  const id = newId();
  const code = `a${id.replaceAll('-', '')}`;
  await ctx.sql
    .insertInto('attribute_definition')
    .values({
      id,
      code,
      name_ru: code,
      name_en: code,
      type,
      personal: facts.personal ?? false,
      enrichment: NEWEST,
      created_at: now,
      updated_at: now,
      archived_at: facts.archived ? now : null,
    })
    .execute();
  return code;
}

export interface Happened {
  kind?: string;
  at?: Date;
  properties?: Record<string, unknown>;
}

/** Events of somebody, as they are stored. */
export async function someEvents(
  ctx: Context,
  profileId: string,
  happened: readonly Happened[],
): Promise<void> {
  const rows = happened.map(({ kind = 'VIEW_PRODUCT', at = ctx.clock.now(), properties = {} }) => ({
    profile_id: profileId,
    occurred_at: at,
    id: newId(),
    kind,
    source: 'site',
    external_id: newId(),
    properties,
    recorded_at: ctx.clock.now(),
    batch_id: null,
  }));
  await ensureQuarters(
    ctx,
    rows.map((row) => row.occurred_at),
  );
  await ctx.sql.insertInto('event').values(rows).execute();
}
