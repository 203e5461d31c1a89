import type { Context } from '../../../platform/context.ts';
import { attributeDefinitions, defineAttribute, NEWEST, type NewAttribute } from '../../../profiles/index.ts';

export const STYLES = ['CLASSIC', 'CASUAL', 'SPORT', 'ROMANTIC', 'STREET'] as const;
export const INTERESTS = ['FASHION', 'TRAVEL', 'SPORT', 'HOME', 'CHILDREN', 'BEAUTY'] as const;

const named = (code: string, nameRu: string, nameEn: string) => ({ code, nameRu, nameEn });

const ATTRIBUTES: readonly Omit<NewAttribute, 'personal' | 'enrichment'>[] = [
  { ...named('city', 'Город', 'City'), type: 'TEXT', choices: [] },
  { ...named('shoe_size', 'Размер обуви', 'Shoe size'), type: 'NUMBER', choices: [] },
  { ...named('has_children', 'Есть дети', 'Has children'), type: 'BOOLEAN', choices: [] },
  { ...named('wedding_day', 'День свадьбы', 'Wedding day'), type: 'DATE', choices: [] },
  {
    ...named('style', 'Стиль', 'Style'),
    type: 'CHOICE',
    choices: [
      named('CLASSIC', 'Классика', 'Classic'),
      named('CASUAL', 'Повседневный', 'Casual'),
      named('SPORT', 'Спортивный', 'Sport'),
      named('ROMANTIC', 'Романтический', 'Romantic'),
      named('STREET', 'Уличный', 'Street'),
    ],
  },
  {
    ...named('interests', 'Интересы', 'Interests'),
    type: 'MULTI_CHOICE',
    choices: [
      named('FASHION', 'Мода', 'Fashion'),
      named('TRAVEL', 'Путешествия', 'Travel'),
      named('SPORT', 'Спорт', 'Sport'),
      named('HOME', 'Дом', 'Home'),
      named('CHILDREN', 'Дети', 'Children'),
      named('BEAUTY', 'Красота', 'Beauty'),
    ],
  },
];

/** What the large company wants to know of people besides the usual; what is defined already stays. */
export async function defineVolumeAttributes(ctx: Context): Promise<void> {
  const known = new Set((await attributeDefinitions(ctx, { archived: true })).map(({ code }) => code));
  for (const attribute of ATTRIBUTES)
    if (!known.has(attribute.code))
      await defineAttribute(ctx, { ...attribute, personal: false, enrichment: NEWEST });
}
