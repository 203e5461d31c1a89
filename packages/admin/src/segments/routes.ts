import type { RouteRecordRaw } from 'vue-router';

const read = { area: 'segments', scope: 'segments.read' } as const;
const write = { area: 'segments', scope: 'segments.write' } as const;

export const routes: RouteRecordRaw[] = [
  {
    path: '/segments',
    component: () => import('./pages/SegmentsPage.vue'),
    meta: { ...read, title: 'segments.title', order: 30, nav: true },
  },
  {
    path: '/segments/new',
    component: () => import('./lazy-pages.ts').then(({ newSegmentPage }) => newSegmentPage()),
    meta: { ...write, title: 'segments.list.new', order: 31 },
  },
  {
    path: '/segments/templates',
    component: () => import('./lazy-pages.ts').then(({ templatesPage }) => templatesPage()),
    meta: { ...write, title: 'segments.nav.templates', order: 34 },
  },
  {
    path: '/segments/compare',
    component: () => import('./lazy-pages.ts').then(({ comparePage }) => comparePage()),
    meta: { ...read, title: 'segments.nav.compare', order: 33, nav: true },
  },
  {
    path: '/segments/:id',
    component: () => import('./lazy-pages.ts').then(({ segmentPage }) => segmentPage()),
    props: true,
    meta: { ...read, title: 'segments.title', order: 32 },
  },
];
