import type { RouteRecordRaw } from 'vue-router';

const read = { area: 'segments', scope: 'segments.read' } as const;
const write = { area: 'segments', scope: 'segments.write' } as const;

export const routes: RouteRecordRaw[] = [
  {
    path: '/segments/rfm',
    component: () => import('./lazy-pages.ts').then(({ rfmPage }) => rfmPage()),
    meta: { ...read, title: 'rfm.nav', order: 35, nav: true },
  },
  {
    path: '/segments/rfm/new',
    component: () => import('./lazy-pages.ts').then(({ rfmModelPage }) => rfmModelPage()),
    props: { id: null },
    meta: { ...write, title: 'rfm.newModel', order: 36 },
  },
  {
    path: '/segments/rfm/:id/edit',
    component: () => import('./lazy-pages.ts').then(({ rfmModelPage }) => rfmModelPage()),
    props: true,
    meta: { ...write, title: 'rfm.nav', order: 37 },
  },
  {
    path: '/segments/lifecycle',
    component: () => import('./lazy-pages.ts').then(({ lifecyclePage }) => lifecyclePage()),
    meta: { ...read, title: 'rfm.lifecycleNav', order: 38, nav: true },
  },
];
