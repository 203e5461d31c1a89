import type { PromotionBenefit, PromotionRules } from '@clientele/shared/promotions';
import type { GoodsSelection } from '@clientele/shared/rules';
import { createGroup, createPromotion, setPromotionState } from '../offers/index.ts';
import type { Context } from '../platform/context.ts';
import { inTransaction } from '../platform/database/in-transaction.ts';
import { demoSegment, SHOE_LOVERS, SLEEPING } from './segments.ts';

/** A promotion of the demo company, from its words to its state. Every one names goods of its catalogue. */
interface DemoPromotion {
  name: string;
  title: string;
  say?: string;
  group: 'BEST' | 'MORE';
  state: 'DRAFT' | 'LIVE' | 'PAUSED' | 'ENDED';
  rules: Partial<PromotionRules> & { benefits: readonly PromotionBenefit[] };
}

const goods = (...categories: string[]): GoodsSelection => ({ only: { categories } });
const ALL = goods('Женщинам', 'Мужчинам', 'Обувь', 'Аксессуары');
const COATS = goods('Женщинам/Верхняя одежда', 'Мужчинам/Верхняя одежда');

const NOBODY = { tags: [], segmentIds: [] };
const MEMBERS = { who: 'MEMBERS', tags: [], tiers: [], segmentIds: [], except: NOBODY } as const;
const GRANTED = { ...MEMBERS, who: 'GRANTED' } as const;
const members = (segmentId: string) => ({ ...MEMBERS, who: 'CHOSEN' as const, segmentIds: [segmentId] });
const ALWAYS = { from: null, to: null, weekdays: [], hours: null };
const NO_LIMITS = { perOrder: null, perShopper: null, total: null, budget: null };
const DAY_MS = 86_400_000;

/** What the demo's promotions name: the series of codes for the next purchase, and segments. */
interface Named {
  poolId: string;
  sleeping: string;
  shoeLovers: string;
}

function demoPromotions(now: Date, { poolId, sleeping, shoeLovers }: Named): DemoPromotion[] {
  const inDays = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString();
  return [
    {
      name: 'Носки и колготки: три по цене двух',
      title: 'Три по цене двух',
      say: 'Возьмите третью пару носков: она в подарок.',
      group: 'BEST',
      state: 'LIVE',
      rules: {
        benefits: [{ kind: 'N_FOR_M', take: 3, pay: 2, goods: goods('Аксессуары/Носки и колготки') }],
      },
    },
    {
      name: 'Обувь по выходным −10 %',
      title: 'Обувь −10 % по выходным',
      say: 'По выходным вся обувь на десять процентов дешевле.',
      group: 'BEST',
      state: 'LIVE',
      rules: {
        when: { ...ALWAYS, weekdays: [6, 7] },
        audience: MEMBERS,
        benefits: [{ kind: 'PERCENT', rateBp: 1_000, goods: goods('Обувь') }],
      },
    },
    {
      name: 'Счастливые часы: трикотаж',
      title: 'Трикотаж −5 % до 13:00',
      group: 'BEST',
      state: 'LIVE',
      rules: {
        when: { ...ALWAYS, weekdays: [1, 2, 3, 4, 5], hours: { from: '10:00', to: '13:00' } },
        where: { storeIds: [], channels: ['STORE'] },
        benefits: [{ kind: 'PERCENT', rateBp: 500, goods: goods('Женщинам/Трикотаж', 'Мужчинам/Трикотаж') }],
      },
    },
    {
      name: 'Вторая сумка за полцены',
      title: 'Вторая сумка за полцены',
      say: 'На вторую сумку скидка пятьдесят процентов.',
      group: 'BEST',
      state: 'LIVE',
      rules: {
        benefits: [{ kind: 'CHEAPEST', take: 2, rateBp: 5_000, goods: goods('Аксессуары/Сумки') }],
        limits: { ...NO_LIMITS, perOrder: 1 },
      },
    },
    {
      name: 'День рождения −15 %',
      title: 'Скидка в день рождения',
      say: 'С наступающим днём рождения! У вас скидка пятнадцать процентов.',
      group: 'BEST',
      state: 'LIVE',
      rules: {
        audience: MEMBERS,
        conditions: [{ kind: 'BIRTHDAY', daysBefore: 7, daysAfter: 7 }],
        benefits: [{ kind: 'PERCENT', rateBp: 1_500, goods: ALL, upTo: { RUB: 300_000, KZT: 1_600_000 } }],
        limits: { ...NO_LIMITS, perShopper: { times: 1, window: { kind: 'YEAR' } } },
      },
    },
    {
      name: 'Первая покупка −10 %',
      title: 'Скидка на первую покупку',
      group: 'BEST',
      state: 'LIVE',
      rules: {
        audience: MEMBERS,
        conditions: [{ kind: 'FIRST_ORDER' }],
        benefits: [{ kind: 'PERCENT', rateBp: 1_000, goods: ALL, upTo: { RUB: 100_000, KZT: 540_000 } }],
      },
    },
    {
      name: 'Вернуть спящих: −15 %',
      title: 'Мы скучали: −15 %',
      say: 'Давно вас не видели! Сегодня для вас скидка пятнадцать процентов.',
      group: 'BEST',
      state: 'LIVE',
      rules: {
        audience: members(sleeping),
        benefits: [{ kind: 'PERCENT', rateBp: 1_500, goods: ALL, upTo: { RUB: 200_000, KZT: 1_080_000 } }],
        limits: { ...NO_LIMITS, perShopper: { times: 1, window: { kind: 'ROLLING', days: 180 } } },
      },
    },
    {
      name: 'Любителям обуви: баллы ×2 за обувь',
      title: 'Вдвое больше баллов за обувь',
      group: 'MORE',
      state: 'LIVE',
      rules: {
        audience: members(shoeLovers),
        benefits: [{ kind: 'POINTS_FACTOR', factorBp: 20_000, goods: goods('Обувь') }],
      },
    },
    {
      name: 'Личная скидка 1 000 ₽ на верхнюю одежду',
      title: '1 000 ₽ на пальто или куртку',
      say: 'Для вас лично: тысяча рублей на любое пальто или куртку.',
      group: 'BEST',
      state: 'LIVE',
      rules: {
        audience: GRANTED,
        benefits: [{ kind: 'AMOUNT', amount: { RUB: 100_000, KZT: 540_000 }, per: 'ORDER', goods: COATS }],
      },
    },
    {
      name: 'Шапка в подарок к верхней одежде',
      title: 'Шапка в подарок',
      say: 'К пальто или куртке — вязаная шапка в подарок.',
      group: 'MORE',
      state: 'LIVE',
      rules: {
        conditions: [{ kind: 'QUANTITY', atLeast: 1, goods: COATS }],
        benefits: [{ kind: 'GIFT', goods: { only: { skus: ['AS02-1', 'AS02-2', 'AS02-3'] } }, quantity: 1 }],
        limits: { ...NO_LIMITS, perOrder: 1, budget: { RUB: 15_000_000, KZT: 80_000_000 } },
        allowsPoints: false,
      },
    },
    {
      name: 'Баллы ×2 за верхнюю одежду',
      title: 'Вдвое больше баллов за верхнюю одежду',
      group: 'MORE',
      state: 'LIVE',
      rules: {
        audience: MEMBERS,
        benefits: [{ kind: 'POINTS_FACTOR', factorBp: 20_000, goods: COATS }],
      },
    },
    {
      name: 'Код на следующую покупку от 7 000 ₽',
      title: 'Промокод на следующую покупку',
      group: 'MORE',
      state: 'LIVE',
      rules: {
        audience: MEMBERS,
        conditions: [{ kind: 'BASKET_SUM', atLeast: { RUB: 700_000, KZT: 3_800_000 }, goods: ALL }],
        benefits: [{ kind: 'NEXT_CODE', poolId, validDays: 30 }],
      },
    },
    {
      name: 'Рассказать о новых платьях',
      title: 'Новая коллекция платьев',
      say: 'У нас новая коллекция платьев: посмотрите у примерочных.',
      group: 'MORE',
      state: 'LIVE',
      rules: {
        conditions: [{ kind: 'QUANTITY', atLeast: 1, goods: goods('Женщинам') }],
        benefits: [{ kind: 'TEXT' }],
      },
    },
    {
      name: 'Шарфы и шапки целиком за баллы',
      title: 'Шарфы и шапки за баллы',
      group: 'MORE',
      state: 'PAUSED',
      rules: {
        audience: MEMBERS,
        benefits: [{ kind: 'PAY_BY_POINTS', capBp: 10_000, goods: goods('Аксессуары/Шарфы и шапки') }],
      },
    },
    {
      name: 'Футболки по 990 ₽',
      title: 'Любая футболка 990 ₽',
      group: 'BEST',
      state: 'LIVE',
      rules: {
        when: { ...ALWAYS, from: inDays(14), to: inDays(28) },
        benefits: [
          {
            kind: 'FIXED_PRICE',
            price: { RUB: 99_000, KZT: 530_000 },
            goods: { only: { skus: ['MT01-1', 'MT01-2', 'MT01-3'] } },
          },
        ],
      },
    },
    {
      name: 'Плащи: распродажа −20 %',
      title: 'Плащи −20 %',
      group: 'BEST',
      state: 'ENDED',
      rules: {
        benefits: [
          { kind: 'PERCENT', rateBp: 2_000, goods: { only: { skus: ['WC03-1', 'WC03-2', 'WC03-3'] } } },
        ],
      },
    },
    {
      name: 'Перчатки −300 ₽ с пары',
      title: 'Перчатки −300 ₽',
      group: 'BEST',
      state: 'DRAFT',
      rules: {
        benefits: [
          {
            kind: 'AMOUNT',
            amount: { RUB: 30_000, KZT: 160_000 },
            per: 'ITEM',
            goods: goods('Аксессуары/Перчатки'),
          },
        ],
      },
    },
  ];
}

const BEST_NAME = 'Что выгоднее';

/**
 * Promotions of every kind, in every state; goods the catalogue does not know are touched by none. All or nothing; a
 * second time changes nothing. The series of codes and the segments are there already.
 */
export async function writeDemoPromotions(ctx: Context, brandId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const known = await tx.sql
      .selectFrom('promotion_group')
      .select('id')
      .where('brand_id', '=', brandId)
      .where('name', '=', BEST_NAME)
      .executeTakeFirst();
    if (known !== undefined) return;
    const groups = {
      BEST: await createGroup(tx, { brandId, name: BEST_NAME, stacking: 'BEST' }),
      MORE: await createGroup(tx, { brandId, name: 'Подарки и баллы', stacking: 'SUM' }),
    };
    const { id: poolId } = await tx.sql
      .selectFrom('promo_code_pool')
      .select('id')
      .where('brand_id', '=', brandId)
      .where('kind', '=', 'SINGLE_USE')
      .orderBy('id')
      .limit(1)
      .executeTakeFirstOrThrow();
    const [sleeping, shoeLovers] = [await demoSegment(tx, SLEEPING), await demoSegment(tx, SHOE_LOVERS)];
    for (const promotion of demoPromotions(tx.clock.now(), { poolId, sleeping, shoeLovers }))
      await writePromotion(tx, { brandId, groupId: groups[promotion.group], promotion });
  });
}

async function writePromotion(
  tx: Context,
  { brandId, groupId, promotion }: { brandId: string; groupId: string; promotion: DemoPromotion },
): Promise<void> {
  const { name, title, say = '', rules, state } = promotion;
  const id = await createPromotion(tx, {
    brandId,
    groupId,
    name,
    title,
    rules: {
      when: ALWAYS,
      where: { storeIds: [], channels: [] },
      audience: { ...MEMBERS, who: 'ANYBODY' },
      conditions: [],
      limits: NO_LIMITS,
      allowsPoints: true,
      say,
      ...rules,
    } satisfies PromotionRules,
  });
  if (state === 'DRAFT') return;
  await setPromotionState(tx, { id, version: 1, state: 'LIVE' });
  if (state !== 'LIVE') await setPromotionState(tx, { id, version: 2, state });
}
