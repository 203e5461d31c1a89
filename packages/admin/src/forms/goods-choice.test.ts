import { expect, test } from 'vitest';
import { cleaned, namesOf, shownCategories, toggled, type GoodsName } from './goods-choice.ts';

const shoes: GoodsName = { kind: 'categories', value: 'Обувь' };
const blue: GoodsName = { kind: 'attribute', name: 'color', value: 'синий' };

test('what is chosen comes to a side, is taken from it again, and never stands on both', () => {
  const chosen = toggled(toggled({}, 'only', shoes), 'only', blue);
  expect(chosen).toEqual({ only: { categories: ['Обувь'], attributes: { color: ['синий'] } } });
  expect(namesOf(chosen.only)).toEqual([shoes, blue]);
  expect(toggled(chosen, 'except', shoes)).toEqual({
    only: { attributes: { color: ['синий'] } },
    except: { categories: ['Обувь'] },
  });
  expect(toggled(toggled(chosen, 'only', shoes), 'only', blue)).toEqual({});
});

test('what names nothing is no filter', () => {
  expect(cleaned({ only: { skus: [], attributes: { color: [] } }, except: {} })).toEqual({});
});

const TREE = [
  { code: 'Обувь', name: 'Обувь', parent: null, products: 5 },
  { code: 'Обувь/Женская', name: 'Женская', parent: 'Обувь', products: 3 },
  { code: 'Сумки', name: 'Сумки', parent: null, products: 2 },
];

test('the tree shows what is open, and the way to what is searched for', () => {
  const shown = (open: string[], search: string) =>
    shownCategories(TREE, new Set(open), search).map(({ code, depth, opens }) => [code, depth, opens]);
  expect(shown([], '')).toEqual([
    ['Обувь', 0, true],
    ['Сумки', 0, false],
  ]);
  expect(shown(['Обувь'], '')).toEqual([
    ['Обувь', 0, true],
    ['Обувь/Женская', 1, false],
    ['Сумки', 0, false],
  ]);
  expect(shown([], 'жен')).toEqual([
    ['Обувь', 0, true],
    ['Обувь/Женская', 1, false],
  ]);
  expect(shown([], 'пальто')).toEqual([]);
});
