import { createStore, createTill } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { STORES } from '../stores.ts';

/** A store as purchases need it. */
export interface VolumeStore {
  readonly id: string;
  readonly code: string;
  readonly currency: 'RUB' | 'KZT';
  /** Hours ahead of UTC; none of these zones has summer time. */
  readonly offset: number;
  /** How many of a thousand shoppers are at home there. */
  readonly share: number;
}

type Opened = [code: string, name: string, timeZone: string, share: number];

/** Besides those of the small demo company. */
const RUSSIAN: readonly Opened[] = [
  ['MSK2', 'Москва, Кутузовский проспект', 'Europe/Moscow', 80],
  ['MSK3', 'Москва, Тверская', 'Europe/Moscow', 74],
  ['MSK4', 'Москва, ТЦ «Южный»', 'Europe/Moscow', 61],
  ['MSK5', 'Химки, ТЦ «Речной»', 'Europe/Moscow', 45],
  ['SPB1', 'Санкт-Петербург, Невский проспект', 'Europe/Moscow', 78],
  ['SPB2', 'Санкт-Петербург, ТЦ «Залив»', 'Europe/Moscow', 52],
  ['KZN', 'Казань, улица Баумана', 'Europe/Moscow', 38],
  ['NNV', 'Нижний Новгород, Большая Покровская', 'Europe/Moscow', 33],
  ['KRD', 'Краснодар, улица Красная', 'Europe/Moscow', 36],
  ['RND', 'Ростов-на-Дону, Большая Садовая', 'Europe/Moscow', 30],
  ['VRN', 'Воронеж, проспект Революции', 'Europe/Moscow', 24],
  ['KGD', 'Калининград, Ленинский проспект', 'Europe/Kaliningrad', 17],
  ['SAM', 'Самара, Ленинградская', 'Europe/Samara', 29],
  ['EKB2', 'Екатеринбург, ТЦ «Исеть»', 'Asia/Yekaterinburg', 41],
  ['CHE', 'Челябинск, Кировка', 'Asia/Yekaterinburg', 27],
  ['UFA', 'Уфа, проспект Октября', 'Asia/Yekaterinburg', 26],
  ['PRM', 'Пермь, Компрос', 'Asia/Yekaterinburg', 22],
  ['OMS', 'Омск, улица Ленина', 'Asia/Omsk', 19],
  ['NSK', 'Новосибирск, Красный проспект', 'Asia/Novosibirsk', 35],
];
const KAZAKH: readonly Opened[] = [
  ['ALA2', 'Алматы, ТЦ «Медеу»', 'Asia/Almaty', 34],
  ['AST', 'Астана, Левый берег', 'Asia/Almaty', 31],
  ['SHY', 'Шымкент, проспект Тауке хана', 'Asia/Almaty', 14],
];
/** Of the stores that were there before, in the order of `STORES`. */
const FIRST_SHARES = [92, 40, 22];

const OFFSETS: Readonly<Record<string, number>> = {
  'Europe/Kaliningrad': 2,
  'Europe/Moscow': 3,
  'Europe/Samara': 4,
  'Asia/Yekaterinburg': 5,
  'Asia/Almaty': 5,
  'Asia/Omsk': 6,
  'Asia/Novosibirsk': 7,
};

export const STORES_IN_ALL = STORES.length + RUSSIAN.length + KAZAKH.length;

/** The stores there are, and those that are still to be opened. @returns all of them */
export async function openStores(ctx: Context, brandId: string): Promise<VolumeStore[]> {
  const rows = await ctx.sql
    .selectFrom('store')
    .select(['id', 'code'])
    .where('brand_id', '=', brandId)
    .execute();
  const known = new Map(rows.map(({ code, id }) => [code, id]));
  const stores: VolumeStore[] = STORES.map(({ code, currency, timeZone }, index) => ({
    ...placed(known.get(code), code, timeZone, FIRST_SHARES[index] ?? 0),
    currency,
  }));
  for (const country of ['RU', 'KZ'] as const)
    for (const opened of country === 'RU' ? RUSSIAN : KAZAKH) {
      const [code, , timeZone, share] = opened;
      const id = known.get(code) ?? (await openStore(ctx, brandId, { opened, country }));
      stores.push({ ...placed(id, code, timeZone, share), currency: CURRENCIES[country] });
    }
  return stores;
}

const CURRENCIES = { RU: 'RUB', KZ: 'KZT' } as const;

function placed(id: string | undefined, code: string, timeZone: string, share: number) {
  const offset = OFFSETS[timeZone];
  if (id === undefined || offset === undefined) throw new Error(`the store ${code} is not known`);
  return { id, code, offset, share };
}

async function openStore(
  ctx: Context,
  brandId: string,
  { opened: [code, name, timeZone], country }: { opened: Opened; country: 'RU' | 'KZ' },
): Promise<string> {
  const place = { timeZone, country, currency: CURRENCIES[country], language: 'ru' } as const;
  const storeId = await createStore(ctx, { brandId, code, name, ...place });
  await createTill(ctx, { storeId, name: 'Касса 1', kind: 'CASHIER' });
  return storeId;
}
