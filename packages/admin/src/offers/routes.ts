import type { RouteRecordRaw } from 'vue-router';

const read = { area: 'offers', scope: 'offers.read' } as const;
const write = { area: 'offers', scope: 'offers.write' } as const;

export const routes: RouteRecordRaw[] = [
  {
    path: '/offers',
    component: () => import('./lazy-pages.ts').then(({ promotionsPage }) => promotionsPage()),
    meta: { ...read, title: 'offers.title', order: 60, nav: true },
  },
  {
    path: '/offers/new',
    component: () => import('./lazy-pages.ts').then(({ newPromotionPage }) => newPromotionPage()),
    meta: { ...write, title: 'offers.new.title', order: 61 },
  },
  {
    path: '/offers/groups',
    component: () => import('./lazy-pages.ts').then(({ groupsPage }) => groupsPage()),
    meta: { ...read, title: 'offers.groups.title', order: 66, nav: true },
  },
  {
    path: '/offers/test',
    component: () => import('./lazy-pages.ts').then(({ testReceiptPage }) => testReceiptPage()),
    meta: { ...read, title: 'offers.test.title', order: 67, nav: true },
  },
  {
    path: '/offers/:id',
    component: () => import('./lazy-pages.ts').then(({ promotionPage }) => promotionPage()),
    props: true,
    meta: { ...read, title: 'offers.title', order: 62 },
  },
];
