import type { RouteRecordRaw } from 'vue-router';

const read = { area: 'loyalty', scope: 'loyalty.read' } as const;
const write = { area: 'loyalty', scope: 'loyalty.write' } as const;

export const routes: RouteRecordRaw[] = [
  {
    path: '/loyalty/points',
    component: () => import('./pages/LiabilityPage.vue'),
    meta: { ...read, title: 'points.liability.nav', order: 50, nav: true },
  },
  {
    path: '/loyalty/incidents',
    component: () => import('./pages/IncidentsPage.vue'),
    meta: { ...read, title: 'points.incidents.title', order: 52, nav: true, scoped: ['store'] },
  },
  {
    path: '/loyalty/corrections',
    component: () => import('./pages/CorrectionsPage.vue'),
    meta: { ...read, title: 'points.corrections.title', order: 54, nav: true },
  },
  {
    path: '/loyalty/retro',
    component: () => import('./pages/RetroRunsPage.vue'),
    meta: { ...read, title: 'points.retro.nav', order: 56, nav: true },
  },
  {
    path: '/loyalty/retro/new',
    component: () => import('./pages/PlanRetroPage.vue'),
    meta: { ...write, title: 'points.retro.plan', order: 57 },
  },
  {
    path: '/loyalty/retro/:id',
    component: () => import('./pages/RetroRunPage.vue'),
    props: true,
    meta: { ...read, title: 'points.retro.title', order: 58 },
  },
];
