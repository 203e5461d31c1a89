import type { RouteRecordRaw } from 'vue-router';

/** Pages before the shell: whoever opens them is not signed in, or not yet. */
export const routes: RouteRecordRaw[] = [
  {
    path: '/sign-in',
    name: 'sign-in',
    component: () => import('./pages/SignInPage.vue'),
    meta: { title: 'signIn.title', bare: true },
  },
  {
    path: '/sign-in/out',
    name: 'sign-out',
    component: () => import('./pages/SignOutPage.vue'),
    meta: { title: 'signIn.out.title', bare: true },
  },
  {
    path: '/sign-in/forgotten',
    name: 'forgotten',
    component: () => import('./pages/ForgottenPage.vue'),
    meta: { title: 'signIn.forgotten.title', bare: true },
  },
  {
    path: '/reset',
    name: 'reset',
    component: () => import('./pages/SetPasswordPage.vue'),
    props: { kind: 'RESET' },
    meta: { title: 'signIn.reset.title', bare: true },
  },
  {
    path: '/invitation',
    name: 'invitation',
    component: () => import('./pages/SetPasswordPage.vue'),
    props: { kind: 'INVITATION' },
    meta: { title: 'signIn.invitation.title', bare: true },
  },
];
