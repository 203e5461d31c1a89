import type { RouteRecordRaw } from 'vue-router';
import { expect, test } from 'vitest';
import { activeLink, navigationOf } from './navigation.ts';

const component = {};
const routes: RouteRecordRaw[] = [
  {
    path: '/data/monitor',
    component,
    meta: { area: 'data', title: 'm', order: 20, nav: true, scope: 'imports.read' },
  },
  {
    path: '/data/import',
    component,
    meta: { area: 'data', title: 'i', order: 10, nav: true, scope: 'imports.run' },
  },
  { path: '/customers/:id', component, meta: { area: 'customers', title: 'c' } },
  {
    path: '/customers',
    component,
    meta: { area: 'customers', title: 'c', nav: true, scope: 'profiles.read' },
  },
  { path: '/', component, meta: { area: 'home', title: 'h', nav: true } },
];

test('pages a person may open, area by area', () => {
  const paths = (may: string[]): string[][] =>
    navigationOf(routes, (scope) => scope === undefined || may.includes(String(scope))).map(({ links }) =>
      links.map(({ path }) => path),
    );
  expect(paths(['imports.read', 'imports.run', 'profiles.read'])).toEqual([
    ['/'],
    ['/customers'],
    ['/data/import', '/data/monitor'],
  ]);
  expect(paths(['imports.read'])).toEqual([['/'], ['/data/monitor']]);
});

test.each([
  ['/', '/'],
  ['/customers', '/customers'],
  ['/customers/1', '/customers'],
  ['/customersx', null],
  ['/data/import/2', '/data/import'],
])('%s belongs to %s', (path, link) => {
  expect(
    activeLink(
      navigationOf(routes, () => true),
      path,
    ),
  ).toBe(link);
});
