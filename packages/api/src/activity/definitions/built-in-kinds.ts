import type { DefinedKind, DefinedProperty } from './defined-kind.ts';

/** What every shop's site tells (product: K5). A shop may ask for more properties, and name them its own way. */
export const BUILT_IN_KINDS: readonly DefinedKind[] = [
  kind('VISIT', 'Визит', 'Visit', [optional('url', 'TEXT'), optional('referrer', 'TEXT')]),
  kind('VIEW_PRODUCT', 'Просмотр товара', 'Product viewed', [
    required('sku', 'ID'),
    optional('price', 'MONEY'),
  ]),
  kind('VIEW_CATEGORY', 'Просмотр категории', 'Category viewed', [required('category', 'TEXT')]),
  kind('SEARCH', 'Поиск', 'Search', [required('query', 'TEXT')]),
  kind('WISHLIST', 'Список желаний', 'Wish list', [required('sku', 'ID'), optional('removed', 'BOOLEAN')]),
  kind('CART', 'Корзина', 'Cart changed', [
    required('sku', 'ID'),
    optional('quantity', 'NUMBER'),
    optional('price', 'MONEY'),
  ]),
  kind('CHECKOUT', 'Оформление заказа', 'Checkout', [optional('total', 'MONEY')]),
  kind('PURCHASE', 'Покупка на сайте', 'Bought on the site', [
    optional('order', 'ID'),
    optional('sku', 'ID'),
    optional('total', 'MONEY'),
  ]),
  // What a program of points may thank for.
  kind('SOCIAL_LINK', 'Привязка соцсети', 'Social network linked', [required('network', 'TEXT')]),
  kind('REVIEW_APPROVED', 'Отзыв одобрен', 'Review approved', [
    optional('review', 'ID'),
    optional('sku', 'ID'),
    optional('order', 'ID'),
  ]),
  kind('SURVEY', 'Ответ на опрос', 'Survey answered', [optional('survey', 'ID')]),
  kind('REFERRAL', 'Пришёл по приглашению', 'Came by an invitation', [required('referrer', 'TEXT')]),
];

function kind(
  code: string,
  nameRu: string,
  nameEn: string,
  properties: readonly DefinedProperty[],
): DefinedKind {
  return { code, nameRu, nameEn, properties, builtIn: true, version: 0, archivedAt: null };
}

function required(code: string, type: DefinedProperty['type']): DefinedProperty {
  return { code, type, required: true };
}

function optional(code: string, type: DefinedProperty['type']): DefinedProperty {
  return { code, type, required: false };
}
