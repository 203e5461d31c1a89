import type { RouteRecordRaw } from 'vue-router';

const read = { area: 'data', scope: 'imports.read' } as const;
const run = { area: 'data', scope: 'imports.run' } as const;

export const routes: RouteRecordRaw[] = [
  {
    path: '/data/sources',
    name: 'sources',
    component: () => import('./pages/SourcesPage.vue'),
    meta: { ...read, title: 'data.sources.title', order: 20, nav: true },
  },
  {
    path: '/data/sources/:code',
    name: 'source',
    component: () => import('./pages/SourcePage.vue'),
    props: true,
    meta: { ...read, title: 'data.sources.title', order: 21 },
  },
  {
    path: '/data/schedules',
    name: 'schedules',
    component: () => import('./pages/SchedulesPage.vue'),
    meta: { ...read, title: 'data.schedules.title', order: 25, nav: true },
  },
  {
    path: '/data/schedules/new',
    name: 'schedule-new',
    component: () => import('./pages/SchedulePage.vue'),
    meta: { ...run, title: 'data.schedules.new', order: 26 },
  },
  {
    path: '/data/schedules/:id',
    name: 'schedule',
    component: () => import('./pages/SchedulePage.vue'),
    props: true,
    meta: { ...read, title: 'data.schedules.title', order: 27 },
  },
  {
    path: '/data/hygiene',
    name: 'hygiene',
    component: () => import('./pages/HygienePage.vue'),
    meta: { ...read, title: 'data.hygiene.title', order: 30, nav: true },
  },
];
