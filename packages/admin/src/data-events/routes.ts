import type { RouteRecordRaw } from 'vue-router';

const meta = { area: 'data', scope: 'events.read' } as const;

export const routes: RouteRecordRaw[] = [
  {
    path: '/data/events',
    name: 'events',
    component: () => import('./pages/EventsPage.vue'),
    meta: { ...meta, title: 'events.title', order: 40, nav: true },
  },
  {
    path: '/data/event-kinds',
    name: 'event-kinds',
    component: () => import('./pages/EventKindsPage.vue'),
    meta: { ...meta, title: 'events.kinds.title', order: 41 },
  },
  {
    path: '/data/event-kinds/new',
    name: 'event-kind-new',
    component: () => import('./pages/EventKindPage.vue'),
    meta: { ...meta, title: 'events.kinds.new', order: 42, scope: 'events.write' },
  },
  {
    path: '/data/event-kinds/:code',
    name: 'event-kind',
    component: () => import('./pages/EventKindPage.vue'),
    props: true,
    meta: { ...meta, title: 'events.kinds.title', order: 43 },
  },
];
