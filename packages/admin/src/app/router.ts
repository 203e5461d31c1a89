import { createRouter, createWebHistory, type RouteRecordRaw, type Router } from 'vue-router';
import { i18n } from './i18n.ts';
import type { SessionStore } from './session.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Section of the navigation: home, customers, duplicates, data, settings. */
    area?: string;
    /** Key of the words for navigation, palette and browser title. */
    title?: string;
    /** What the person must be allowed to do; of several any one. */
    scope?: string | readonly string[];
    /** Place in the navigation within the area. */
    order?: number;
    /** Shown in navigation and palette. */
    nav?: boolean;
    /** Without the shell, and without a session: signing in. */
    bare?: boolean;
    /** The page obeys the brand or store chosen in the top bar (`useScope`). */
    scoped?: readonly ('brand' | 'store')[];
  }
}

const areas = import.meta.glob<RouteRecordRaw[]>('../*/routes.ts', { eager: true, import: 'routes' });

/** Every page of every area. */
export const allRoutes: readonly RouteRecordRaw[] = Object.values(areas).flat();

const SIGN_IN = '/sign-in';

/** @param page where a person goes on once signed in */
export function signInFor(page: string): { path: string; query: { to: string } } {
  return { path: SIGN_IN, query: { to: page } };
}

export function createAdminRouter(session: SessionStore): Router {
  const router = createRouter({
    history: createWebHistory('/admin/'),
    routes: [
      ...allRoutes,
      {
        path: '/:rest(.*)*',
        name: 'not-found',
        component: () => import('../shell/NotFoundPage.vue'),
        meta: { title: 'shell.notFound.title' },
      },
    ],
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  });
  router.beforeEach(async (to) => {
    await session.ready();
    if (to.meta.bare === true || to.path === SIGN_IN) return true;
    if (session.session.value === null) return signInFor(to.fullPath);
    return true;
  });
  router.afterEach((to) => {
    const title = to.meta.title === undefined ? '' : `${i18n.global.t(to.meta.title)} · `;
    document.title = `${title}Clientele`;
  });
  return router;
}
