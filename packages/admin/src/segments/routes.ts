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
    component: () => import('./pages/NewSegmentPage.vue'),
    meta: { ...write, title: 'segments.list.new', order: 31 },
  },
  {
    path: '/segments/compare',
    component: () => import('./pages/ComparePage.vue'),
    meta: { ...read, title: 'segments.compare.title', order: 33, nav: true },
  },
  {
    path: '/segments/:id',
    component: () => import('./pages/SegmentPage.vue'),
    props: true,
    meta: { ...read, title: 'segments.title', order: 32 },
  },
];
