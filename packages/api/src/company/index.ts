export type { ActorKind, ActorTill } from './callers/actor.ts';
export {
  anonymousActor,
  contactsShown,
  findsByContact,
  keyActor,
  mayWriteAs,
  seesStore,
  staffActor,
  SYSTEM_ACTOR,
  tillActor,
} from './callers/make-actor.ts';
export { authenticate, type Caller } from './callers/authenticate.ts';
export { createApiKey, type ApiKeyCreated, type NewApiKey } from './callers/create-api-key.ts';
export { openShopperToken, SHOPPER_TOKEN_MS, type ShopperTokenIssued } from './callers/open-shopper-token.ts';
export { SCOPES, type Scope } from './callers/scopes.ts';
export { audit, type AuditFacts } from './audit.ts';
export { auditChange, demandVersion, differences, type Versioned } from './audit-change.ts';
export { demandEverywhere, demandScope } from './callers/demand-scope.ts';
export { CurrencyFixed, LastOwner, PairingCodeRefused, StillInUse, WrongPin } from './company.errors.ts';
export {
  StaffRoleEnum,
  ArchiveInput,
  BrandType,
  StaffType,
  StoreType,
  SystemHealthType,
  TillType,
  type StaffRecord,
  type StoreRecord,
  type TillRecord,
} from './company.types.ts';
export { auditExportTask } from './journal/export-audit.ts';
export { archiveBrand, editBrand } from './brands/edit-brand.ts';
export { createBrand, type NewBrand } from './brands/create-brand.ts';
export { readBrands, type BrandRecord } from './brands/read-brands.ts';
export { archiveStore, editStore } from './stores/edit-store.ts';
export { createStore, type NewStore } from './stores/create-store.ts';
export { companyJobs } from './limits/forget-usage.ts';
export { spendUsage, type UsageLimit } from './limits/spend-usage.ts';
export { endSessions } from './sessions/end-sessions.ts';
export { readAttention, type AttentionItem, type AttentionSource } from './desk/attention.ts';
export { COMPANY_ATTENTION, countOwnersAtRisk } from './desk/attention-here.ts';
export { notify, type Addressee, type NewNotification } from './desk/notify.ts';
export { forgetGuesses } from './sessions/sign-in-guard.ts';
export { openSession as openStaffSession } from './sessions/open-session.ts';
export { inviteStaff, type StaffInvited } from './sessions/invite-staff.ts';
export { passwordResetHandler, RESET_REQUESTED } from './sessions/reset-password.ts';
export { removeSecondFactor } from './sessions/second-factor.ts';
export { signIn } from './sessions/sign-in.ts';
export { createLink, LETTER_REQUESTED, type StaffLinkKind } from './sessions/staff-links.ts';
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
