import type { RouteRecordRaw } from 'vue-router';

const meta = { area: 'data', scope: 'imports.read' } as const;

export const routes: RouteRecordRaw[] = [
  {
    path: '/data/imports',
    name: 'imports',
    component: () => import('./pages/ImportsPage.vue'),
    meta: { ...meta, title: 'imports.title', order: 10, nav: true },
  },
  {
    path: '/data/imports/new',
    name: 'import-new',
    component: () => import('./pages/ImportWizardPage.vue'),
    meta: { ...meta, title: 'imports.new', order: 11, scope: 'imports.run' },
  },
  {
    path: '/data/imports/:id',
    name: 'import',
    component: () => import('./pages/ImportRunPage.vue'),
    props: true,
    meta: { ...meta, title: 'imports.one', order: 12 },
  },
];
