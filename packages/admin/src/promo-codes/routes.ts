import type { RouteRecordRaw } from 'vue-router';

const read = { area: 'offers', scope: 'offers.read' } as const;
const write = { area: 'offers', scope: 'offers.write' } as const;

export const routes: RouteRecordRaw[] = [
  {
    path: '/promo-codes',
    component: () => import('./pages/PoolsPage.vue'),
    meta: { ...read, title: 'promoCodes.title', order: 70, nav: true },
  },
  {
    path: '/promo-codes/new',
    component: () => import('./pages/EditPoolPage.vue'),
    meta: { ...write, title: 'promoCodes.new.title', order: 71 },
  },
  {
    path: '/promo-codes/look-up',
    component: () => import('./pages/LookUpPage.vue'),
    meta: { ...read, title: 'promoCodes.lookUp.title', order: 74, nav: true },
  },
  {
    path: '/promo-codes/:id',
    component: () => import('./pages/PoolPage.vue'),
    props: true,
    meta: { ...read, title: 'promoCodes.title', order: 72 },
  },
  {
    path: '/promo-codes/:id/edit',
    component: () => import('./pages/EditPoolPage.vue'),
    props: true,
    meta: { ...write, title: 'promoCodes.edit.title', order: 73 },
  },
];
