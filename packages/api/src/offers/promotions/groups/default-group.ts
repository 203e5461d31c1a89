import type { Context } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';

const NAME: Readonly<Record<string, string>> = { ru: 'Основные акции', en: 'Main promotions' };

/** Where promotions go that name no group; made when it is first needed. @returns its id */
export async function defaultGroup(tx: Context, brandId: string): Promise<string> {
  const known = () =>
    tx.sql
      .selectFrom('promotion_group')
      .select('id')
      .where('brand_id', '=', brandId)
      .where('is_default', '=', true)
      .executeTakeFirst();
  const found = await known();
  if (found !== undefined) return found.id;
  await tx.sql
    .insertInto('promotion_group')
    .values({
      id: newId(),
      brand_id: brandId,
      name: NAME[await languageOf(tx, brandId)] ?? 'Основные акции',
      priority: 0,
      stacking: 'SEQUENTIAL',
      is_default: true,
      created_at: tx.clock.now(),
    })
    // Two first promotions at once share it.
    .onConflict((conflict) => conflict.column('brand_id').where('is_default', '=', true).doNothing())
    .execute();
  const made = await known();
  if (made === undefined) throw new Error('a brand has no default group of promotions');
  return made.id;
}

async function languageOf(tx: Context, brandId: string): Promise<string> {
  const store = await tx.sql
    .selectFrom('store')
    .select('language')
    .where('brand_id', '=', brandId)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst();
  return store?.language ?? 'ru';
}
