import type { PurchaseFilter } from '@clientele/shared/segments';
import {
  all,
  any,
  between,
  bought,
  last,
  lastPurchase,
  measured,
  none,
  type ChainSegment,
} from './leaf-words.ts';

const STORES: readonly [code: string, name: string][] = [
  ['MSK', 'Охотный Ряд'],
  ['MSK2', 'Кутузовский проспект'],
  ['MSK3', 'Тверская'],
  ['SPB1', 'Невский проспект'],
  ['KZN', 'Казань'],
  ['NNV', 'Нижний Новгород'],
  ['EKB', 'Екатеринбург, Вайнера'],
  ['ALA', 'Алматы, Достык'],
];

const REGIONS: readonly [key: string, name: string, stores: readonly string[]][] = [
  ['moscow', 'Москва', ['MSK', 'MSK2', 'MSK3', 'MSK4', 'MSK5']],
  ['petersburg', 'Петербург', ['SPB1', 'SPB2']],
  ['south', 'Юг', ['KRD', 'RND', 'VRN']],
  ['ural', 'Урал', ['EKB', 'EKB2', 'CHE', 'UFA', 'PRM']],
  ['siberia', 'Сибирь', ['OMS', 'NSK']],
  ['kazakhstan', 'Казахстан', ['ALA', 'ALA2', 'AST', 'SHY']],
];

const inStores = (...stores: readonly string[]): PurchaseFilter => ({ stores });
const through = (...channels: readonly string[]): PurchaseFilter => ({ channels });

/** Where they buy. */
export function placeSegments(): ChainSegment[] {
  return [
    ...STORES.map(([code, name]) => ({
      key: `store-${code}`,
      name: `Свои в магазине «${name}»: за полгода, три разных дня за год`,
      condition: all(
        bought({ least: 1 }, last(180), inStores(code)),
        measured('DISTINCT_DAYS', { least: 3 }, last(365), inStores(code)),
      ),
    })),
    ...REGIONS.map(([key, name, stores]) => ({
      key: `region-${key}`,
      name: `${name}: две покупки за год`,
      condition: bought({ least: 2 }, last(365), inStores(...stores)),
    })),
    ...REGIONS.slice(0, 4).map(([key, name, stores]) => ({
      key: `lost-${key}`,
      name: `${name}: магазин свой, а не были 120 дней`,
      condition: all({ leaf: 'PREFERRED_STORE', stores }, none(lastPurchase(last(120), inStores(...stores)))),
    })),
    {
      key: 'online-only',
      name: 'Только интернет-магазин',
      condition: all(
        bought({ least: 1 }, last(365), through('ONLINE')),
        none(bought({ least: 1 }, last(365), through('STORE'))),
      ),
    },
    {
      key: 'both-channels',
      name: 'И магазин, и сайт за полгода',
      condition: all(
        bought({ least: 1 }, last(180), through('ONLINE')),
        bought({ least: 1 }, last(180), through('STORE')),
      ),
    },
    {
      key: 'online-lapsed',
      name: 'Покупали на сайте, теперь нет',
      condition: all(
        lastPurchase(between(120, 400), through('ONLINE')),
        any(bought({ least: 1 }, last(90), through('STORE'))),
      ),
    },
    {
      key: 'traveller',
      name: 'Бывают в Москве из других городов',
      condition: all(
        bought({ least: 1 }, last(365), inStores('MSK', 'MSK2', 'MSK3', 'MSK4', 'MSK5')),
        measured('DISTINCT_STORES', { least: 2 }, last(365)),
        none({ leaf: 'PREFERRED_STORE', stores: ['MSK', 'MSK2', 'MSK3', 'MSK4', 'MSK5'] }),
      ),
    },
  ];
}
