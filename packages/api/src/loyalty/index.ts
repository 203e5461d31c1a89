export { AccountBlocked, ApprovalRequired, InsufficientPoints } from './loyalty.errors.ts';
export { createProgram, type NewProgram } from './program/create-program.ts';
export { publishProgramVersion, type NewProgramVersion } from './program/publish-program-version.ts';
export { setProgramMode, type ProgramModeChange } from './program/set-program-mode.ts';
export {
  allPrograms,
  findProgram,
  modeAt,
  programOfBrand,
  versionAt,
  type ProgramMode,
  type ProgramRecord,
  type ProgramVersionRecord,
} from './program/programs.ts';
export {
  readAccount,
  readAccounts,
  viewAccount,
  type AccountFacts,
  type AccountStatus,
  type AccountView,
  type OpenLot,
} from './account/read-accounts.ts';
export { adjustPoints, type AdjustPoints, type PointsAdjusted } from './account/adjust-points.ts';
export { actorLabel, loyaltyRefusal } from './account/posting-words.ts';
export { announceExpiry, bringDueAccounts, loyaltyJobs, timePassedHandler } from './account/bring-due.ts';
export { LOYALTY_ROWS } from './account/shopper-rows.ts';
export { LOYALTY_TIMELINE } from './account/timeline.ts';
export type { HistoryRecord } from './account/history.ts';
export { mergeAccounts } from './account/merge-accounts.ts';
export { verifyLedger, type LedgerViolation } from './ledger/verify-ledger.ts';
export {
  LedgerEntryType,
  LoyaltyAccountType,
  accountKey,
  PointsLimitType,
  ProgramType,
} from './loyalty.types.ts';
export { LOYALTY_ATTENTION } from './attention.ts';
export { visiblePrograms } from './account/visible-accounts.ts';
export { incidentHandler } from './oversight/incidents/tell-of-incidents.ts';
export { liabilityExport } from './oversight/liability/export-liability.ts';
export { worthOf, type Worth } from './oversight/liability/read-liability.ts';
export { IncidentType } from './oversight/oversight.types.ts';
export {
  actionEventKinds,
  behaviourHandler,
  enrolmentHandler,
  subscriptionHandler,
} from './actions/action-handlers.ts';
export { actionJobs, grantBirthdays, timePassedForBirthdays } from './actions/grant-birthdays.ts';
export type { PastPurchase, PurchaseHistory } from './tiers/purchase-history.ts';
export { memberTierHandler, purchaseTierHandler } from './tiers/tier-handlers.ts';
export {
  importedTierHandler,
  ladderHandler,
  noteLadders,
  recountTiers,
  recountTiersTask,
} from './tiers/recount-tiers.ts';
export { countDueTiers, tierJobs, timePassedForTiers } from './tiers/due-tiers.ts';
export { points } from './segment-leaves/points-leaf.ts';
export { tier } from './segment-leaves/tier-leaf.ts';
