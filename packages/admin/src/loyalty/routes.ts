import type { RouteRecordRaw } from 'vue-router';

const read = { area: 'loyalty', scope: 'loyalty.read' } as const;
const write = { area: 'loyalty', scope: 'loyalty.write' } as const;

export const routes: RouteRecordRaw[] = [
  {
    path: '/loyalty/program',
    component: () => import('./pages/ProgramPage.vue'),
    meta: { ...read, title: 'loyalty.program.nav', order: 40, nav: true },
  },
  {
    path: '/loyalty/program/new',
    component: () => import('./pages/NewProgramPage.vue'),
    meta: { ...write, title: 'loyalty.new.title', order: 41 },
  },
  {
    path: '/loyalty/program/edit',
    component: () => import('./pages/EditProgramPage.vue'),
    meta: { ...write, title: 'loyalty.edit.title', order: 42 },
  },
  {
    path: '/loyalty/program/publish',
    component: () => import('./pages/PublishPage.vue'),
    meta: { ...write, title: 'loyalty.publish.title', order: 43 },
  },
  {
    path: '/loyalty/program/versions',
    component: () => import('./pages/VersionsPage.vue'),
    meta: { ...read, title: 'loyalty.versions.title', order: 44, nav: true },
  },
  {
    path: '/loyalty/program/mode',
    component: () => import('./pages/ModePage.vue'),
    meta: { ...read, title: 'loyalty.mode.title', order: 45, nav: true },
  },
];
