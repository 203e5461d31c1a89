import type { RouteRecordRaw } from 'vue-router';

const read = { area: 'offers', scope: 'offers.read' } as const;
const write = { area: 'offers', scope: 'offers.write' } as const;

export const routes: RouteRecordRaw[] = [
  {
    path: '/offers',
    component: () => import('./pages/PromotionsPage.vue'),
    meta: { ...read, title: 'offers.title', order: 60, nav: true },
  },
  {
    path: '/offers/new',
    component: () => import('./pages/NewPromotionPage.vue'),
    meta: { ...write, title: 'offers.new.title', order: 61 },
  },
  {
    path: '/offers/groups',
    component: () => import('./pages/GroupsPage.vue'),
    meta: { ...read, title: 'offers.groups.title', order: 66, nav: true },
  },
  {
    path: '/offers/test',
    component: () => import('./pages/TestReceiptPage.vue'),
    meta: { ...read, title: 'offers.test.title', order: 67, nav: true },
  },
  {
    path: '/offers/:id',
    component: () => import('./pages/PromotionPage.vue'),
    props: true,
    meta: { ...read, title: 'offers.title', order: 62 },
  },
];
