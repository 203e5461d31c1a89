import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/duplicates',
    name: 'duplicates',
    component: () => import('./pages/DuplicatesPage.vue'),
    meta: { area: 'duplicates', title: 'duplicates.title', scope: 'profiles.merge', order: 20, nav: true },
  },
  {
    path: '/duplicates/merges',
    name: 'merges',
    component: () => import('./pages/MergesPage.vue'),
    meta: {
      area: 'duplicates',
      title: 'duplicates.log.title',
      scope: 'profiles.merge',
      order: 21,
      nav: true,
    },
  },
  {
    path: '/duplicates/with/:id',
    name: 'merge-with',
    component: () => import('./pages/MergeWithPage.vue'),
    props: true,
    meta: { area: 'duplicates', title: 'duplicates.with.title', scope: 'profiles.merge', order: 22 },
  },
];
