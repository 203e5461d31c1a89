import { expect, test } from 'vitest';
import { asSystem } from '../testing/company.builders.ts';
import { useTestApp } from '../testing/create-test-app.ts';
import { aSession } from '../testing/staff.builders.ts';
import { upsertProducts } from './upsert-products.ts';

const it = useTestApp();

const CHOICES = `{ goodsChoices { categories { code name parent products } brands tags
  attributes { name values } } }`;

test('what goods can be chosen by is told from the catalogue itself', async () => {
  const ctx = asSystem(it.app.context());
  await upsertProducts(ctx, {
    source: 'goods-choices',
    products: [
      {
        sku: 'gc-1',
        name: 'Лоферы',
        categoryPath: ['Обувь', 'Женская'],
        brand: 'Шаг',
        attributes: { color: 'синий', tags: ['новинка'] },
      },
      {
        sku: 'gc-2',
        name: 'Дерби',
        categoryPath: ['Обувь'],
        brand: 'Темп',
        attributes: { color: ['белый', 'синий'], weight: 3 },
      },
    ],
  });
  const { session } = await aSession(it.app.context(), ['ANALYST']);
  const { data } = await it.app.graphql({ query: CHOICES, session });
  expect(data).toEqual({
    goodsChoices: {
      categories: [
        { code: 'Обувь', name: 'Обувь', parent: null, products: 2 },
        { code: 'Обувь/Женская', name: 'Женская', parent: 'Обувь', products: 1 },
      ],
      brands: ['Темп', 'Шаг'],
      tags: ['новинка'],
      attributes: [{ name: 'color', values: ['белый', 'синий'] }],
    },
  });
});
