export type { ActorKind, ActorTill } from './callers/actor.ts';
export {
  anonymousActor,
  contactsShown,
  keyActor,
  mayWriteAs,
  seesStore,
  staffActor,
  SYSTEM_ACTOR,
  tillActor,
} from './callers/make-actor.ts';
export { authenticate, type Caller } from './callers/authenticate.ts';
export { createApiKey, type ApiKeyCreated, type NewApiKey } from './callers/create-api-key.ts';
export { SCOPES, type Scope } from './callers/scopes.ts';
export { audit, type AuditFacts } from './audit.ts';
export { PairingCodeRefused, WrongPin } from './company.errors.ts';
export {
  StaffType,
  StoreType,
  TillType,
  type StaffRecord,
  type StoreRecord,
  type TillRecord,
} from './company.types.ts';
export { createBrand, type NewBrand } from './brands/create-brand.ts';
export { createStore, type NewStore } from './stores/create-store.ts';
export { companyJobs } from './limits/forget-usage.ts';
export { spendUsage, type UsageLimit } from './limits/spend-usage.ts';
export { addDuration } from './settings/duration.ts';
export { advanceDemoClock, followDemoClock } from './settings/demo-clock.ts';
export { readSetting, writeSetting, type SettingKind } from './settings/read-setting.ts';
export { addStaff, type NewStaff } from './staff/add-staff.ts';
export { cashiersOf, type Cashier } from './staff/cashiers.ts';
export { checkPin } from './staff/check-pin.ts';
export { isPin } from './staff/pin.ts';
export {
  actorOfStaff,
  checkGrants,
  rolesOf,
  writeRoles,
  type RoleGrant,
  type StaffRoles,
} from './staff/staff-roles.ts';
export { signInCashier, signOutCashier } from './staff/sign-in-cashier.ts';
export { createTill, type NewTill } from './tills/create-till.ts';
export { issuePairingCode, type PairingCode } from './tills/issue-pairing-code.ts';
export { pairTill } from './tills/pair-till.ts';
export { revokeTill } from './tills/revoke-till.ts';
