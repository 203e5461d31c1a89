import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/tasks',
    name: 'tasks',
    component: () => import('./pages/TasksPage.vue'),
    meta: { area: 'settings', scope: 'staff.self', title: 'tasks.title', order: 192, nav: true },
  },
];
