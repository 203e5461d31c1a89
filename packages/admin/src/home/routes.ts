import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/',
    name: 'home',
    component: () => import('./pages/HomePage.vue'),
    meta: {
      area: 'home',
      title: 'home.title',
      scope: 'staff.self',
      order: 0,
      nav: true,
      scoped: ['brand', 'store'],
    },
  },
];
