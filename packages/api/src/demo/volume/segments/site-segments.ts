import {
  all,
  bought,
  category,
  did,
  last,
  lastDid,
  none,
  any,
  before,
  type ChainSegment,
} from './leaf-words.ts';
import { GROUPS } from '../goods/catalogue.ts';

const WORDS = ['платье', 'пальто', 'кроссовки', 'распродажа'];

/** What they do on the site, and what they do not do after it. */
export function siteSegments(): ChainSegment[] {
  return [
    ...[1, 3, 7].map((days) => ({
      key: `cart-${days}`,
      name: `Брошенная корзина: ${days} дн.`,
      condition: all(
        did('CART', 1, last(days)),
        none(did('PURCHASE', 1, last(days)), bought({ least: 1 }, last(days))),
      ),
    })),
    {
      key: 'viewed',
      name: 'Смотрели три товара за неделю и не купили',
      condition: all(did('VIEW_PRODUCT', 3, last(7)), none(bought({ least: 1 }, last(7)))),
    },
    {
      key: 'viewed-much',
      name: 'Смотрели двадцать товаров за месяц и не купили',
      condition: all(did('VIEW_PRODUCT', 20, last(30)), none(bought({ least: 1 }, last(30)))),
    },
    {
      key: 'checkout',
      name: 'Начали оформление и не купили',
      condition: all(did('CHECKOUT', 1, last(14)), none(did('PURCHASE', 1, last(14)))),
    },
    { key: 'wishes', name: 'Список желаний за месяц', condition: did('WISHLIST', 1, last(30)) },
    { key: 'visits-5', name: 'Пять визитов за месяц', condition: did('VISIT', 5, last(30)) },
    {
      key: 'visits-none',
      name: 'Бывали на сайте, но не за 90 дней',
      condition: lastDid('VISIT', before(90)),
    },
    {
      key: 'visits-new',
      name: 'Впервые на сайте за 30 дней',
      condition: { leaf: 'EVENT_DATE', which: 'FIRST', event: 'VISIT', moments: last(30) },
    },
    {
      key: 'days-on-site',
      name: 'На сайте в четыре разных дня за месяц',
      condition: {
        leaf: 'EVENTS',
        event: 'VISIT',
        measure: 'DISTINCT_DAYS',
        moments: last(30),
        range: { least: 4 },
      },
    },
    {
      key: 'many-products',
      name: 'Разные товары: десять за месяц',
      condition: {
        leaf: 'EVENTS',
        event: 'VIEW_PRODUCT',
        measure: 'DISTINCT_VALUES',
        property: 'sku',
        moments: last(30),
        range: { least: 10 },
      },
    },
    {
      key: 'dear-cart',
      name: 'Корзина дороже 15 000 за месяц',
      condition: {
        leaf: 'EVENTS',
        event: 'CART',
        measure: 'GREATEST',
        property: 'price',
        moments: last(30),
        range: { least: 15_000 },
      },
    },
    {
      key: 'site-money',
      name: 'На сайте оформили на 20 000 за полгода',
      condition: {
        leaf: 'EVENTS',
        event: 'PURCHASE',
        measure: 'SUM',
        property: 'total',
        moments: last(180),
        range: { least: 20_000 },
      },
    },
    {
      key: 'dear-views',
      name: 'Смотрят дорогое',
      condition: did('VIEW_PRODUCT', 2, last(60), [{ property: 'price', range: { least: 15_000 } }]),
    },
    ...WORDS.map((word) => ({
      key: `search-${word}`,
      name: `Искали «${word}»`,
      condition: did('SEARCH', 1, last(30), [{ property: 'query', among: [word] }]),
    })),
    ...GROUPS.slice(0, 3).map((group, index) => ({
      key: `browse-${group}`,
      name: `Смотрели раздел первой витрины «${group}» и не купили там`,
      condition: all(
        did('VIEW_CATEGORY', 1, last(45), [{ property: 'category', among: [SHOWN[index] ?? ''] }]),
        none(bought({ least: 1 }, last(45), category(group))),
      ),
    })),
    { key: 'reviewers', name: 'Пишут отзывы', condition: did('REVIEW_APPROVED', 1, last(365)) },
    {
      key: 'surveyed',
      name: 'Отвечали на опрос или привязали соцсеть',
      condition: any(did('SURVEY', 1, last(365)), did('SOCIAL_LINK', 1, last(365))),
    },
  ];
}

const SHOWN = ['Женщинам/Одежда/Платья', 'Мужчинам/Одежда/Рубашки', 'Детям/Школа/Школьная форма'];
