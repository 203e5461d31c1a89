import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/customers',
    name: 'customers',
    component: () => import('./pages/CustomersPage.vue'),
    meta: { area: 'customers', title: 'customers.title', scope: 'profiles.read', order: 10, nav: true },
  },
  {
    path: '/customers/:id',
    name: 'customer',
    component: () => import('./pages/CustomerPage.vue'),
    props: true,
    meta: { area: 'customers', title: 'customers.card.title', scope: 'profiles.read' },
  },
  {
    path: '/customers/:id/edit',
    name: 'customer-edit',
    component: () => import('./pages/CustomerEditPage.vue'),
    props: true,
    meta: { area: 'customers', title: 'customers.edit.title', scope: 'profiles.write' },
  },
];
