import type { RouteRecordRaw } from 'vue-router';

const read = { area: 'settings', scope: 'settings.read' } as const;
const write = { area: 'settings', scope: 'settings.write' } as const;
const staff = { area: 'settings', scope: 'staff.manage' } as const;
const keys = { area: 'settings', scope: 'keys.manage' } as const;

export const routes: RouteRecordRaw[] = [
  {
    path: '/settings/brands',
    component: () => import('./pages/BrandsPage.vue'),
    meta: { ...read, title: 'settings.brands.title', order: 100, nav: true },
  },
  {
    path: '/settings/brands/new',
    component: () => import('./pages/BrandPage.vue'),
    meta: { ...write, title: 'settings.brands.new', order: 101 },
  },
  {
    path: '/settings/brands/:id',
    component: () => import('./pages/BrandPage.vue'),
    props: true,
    meta: { ...read, title: 'settings.brands.title', order: 102 },
  },
  {
    path: '/settings/stores',
    component: () => import('./pages/StoresPage.vue'),
    meta: { ...read, title: 'settings.stores.title', order: 110, nav: true },
  },
  {
    path: '/settings/stores/new',
    component: () => import('./pages/StorePage.vue'),
    meta: { ...write, title: 'settings.stores.new', order: 111 },
  },
  {
    path: '/settings/stores/:id',
    component: () => import('./pages/StorePage.vue'),
    props: true,
    meta: { ...read, title: 'settings.stores.title', order: 112 },
  },
  {
    path: '/settings/tills',
    component: () => import('./pages/TillsPage.vue'),
    meta: { ...read, title: 'settings.tills.title', order: 120, nav: true },
  },
  {
    path: '/settings/tills/new',
    component: () => import('./pages/NewTillPage.vue'),
    meta: { ...write, title: 'settings.tills.new', order: 121 },
  },
  {
    path: '/settings/tills/:id',
    component: () => import('./pages/TillPage.vue'),
    props: true,
    meta: { ...read, title: 'settings.tills.title', order: 122 },
  },
  {
    path: '/settings/staff',
    component: () => import('./pages/StaffPage.vue'),
    meta: { ...staff, title: 'settings.staff.title', order: 130, nav: true },
  },
  {
    path: '/settings/staff/new',
    component: () => import('./pages/NewStaffPage.vue'),
    meta: { ...staff, title: 'settings.staff.new', order: 131 },
  },
  {
    path: '/settings/staff/:id',
    component: () => import('./pages/StaffMemberPage.vue'),
    props: true,
    meta: { ...staff, title: 'settings.staff.title', order: 132 },
  },
  {
    path: '/settings/roles',
    component: () => import('./pages/RolesPage.vue'),
    meta: { ...read, title: 'settings.roles.title', order: 140, nav: true },
  },
  {
    path: '/settings/keys',
    component: () => import('./pages/KeysPage.vue'),
    meta: { ...keys, title: 'settings.keys.title', order: 150, nav: true },
  },
  {
    path: '/settings/keys/new',
    component: () => import('./pages/NewKeyPage.vue'),
    meta: { ...keys, title: 'settings.keys.new', order: 151 },
  },
  {
    path: '/settings/attributes',
    component: () => import('./pages/AttributesPage.vue'),
    meta: { ...read, title: 'settings.attributes.title', order: 160, nav: true },
  },
  {
    path: '/settings/attributes/new',
    component: () => import('./pages/AttributePage.vue'),
    meta: { ...write, title: 'settings.attributes.new', order: 161 },
  },
  {
    path: '/settings/attributes/sources',
    component: () => import('./pages/EnrichmentPage.vue'),
    meta: { ...read, title: 'settings.enrichment.title', order: 162 },
  },
  {
    path: '/settings/attributes/:id',
    component: () => import('./pages/AttributePage.vue'),
    props: true,
    meta: { ...read, title: 'settings.attributes.title', order: 163 },
  },
  {
    path: '/settings/consents',
    component: () => import('./pages/ConsentsPage.vue'),
    meta: { ...read, title: 'settings.consents.title', order: 170, nav: true },
  },
  {
    path: '/settings/consents/new',
    component: () => import('./pages/NewConsentTextPage.vue'),
    meta: { ...write, title: 'settings.consents.new', order: 171 },
  },
  {
    path: '/settings/audit',
    component: () => import('./pages/AuditPage.vue'),
    meta: { area: 'settings', scope: 'audit.read', title: 'settings.audit.title', order: 190, nav: true },
  },
  {
    path: '/settings/health',
    component: () => import('./pages/HealthPage.vue'),
    meta: { area: 'settings', scope: 'system.read', title: 'settings.health.title', order: 195, nav: true },
  },
];
