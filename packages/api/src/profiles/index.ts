export {
  attributeFromText,
  type ReadAttributes,
  type KnownAttribute,
} from './attributes/attribute-values.ts';
export {
  attributeDefinitions,
  attributeReader,
  validateAttributes,
  type AttributeDefinitionRecord,
} from './attributes/definitions.ts';
export { decideValue, NEWEST, type EnrichmentRule, type ToldValue } from './attributes/enrichment.ts';
export { enrichmentRules } from './attributes/enrichment-rules.ts';
export { defineAttribute, editAttribute, type NewAttribute } from './attributes/save-attribute.ts';
export { consentTexts, type ConsentInput, type ConsentTextRecord } from './consents/record-consents.ts';
export { createConsentText, type NewConsentText } from './consents/create-consent-text.ts';
export { addIdentity, type NewIdentity } from './identities/add-identity.ts';
export { contactsForFile } from './identities/contacts.ts';
export { parseEmail } from './identities/email.ts';
export {
  cardIdentity,
  deviceIdentity,
  emailIdentity,
  externalIdentity,
  identityIndex,
  phoneIdentity,
  type IdentityKind,
  type IdentityValue,
} from './identities/identity.ts';
export { indexesIn } from './identities/indexes-in.ts';
export { parsePhone, type Phone } from './identities/phone.ts';
export { placeOf, type Place } from './identities/place.ts';
export {
  parseProfileRef,
  profileRefReader,
  type ProfileRef,
  type ProfileRefInput,
} from './identities/profile-ref.ts';
export { resolveProfile, resolveProfiles, type ResolvedProfile } from './identities/resolve-profile.ts';
export { moveBack, moveRows, moveShopperRows, type MovedRows } from './moves.ts';
export { PROFILE_ROWS } from './profile-rows.ts';
export { columnsOf, type MovedBack, type PersonSection, type ShopperRows } from './shopper-rows.ts';
export { PROFILE_TIMELINE } from './timeline/own-kinds.ts';
export type { TimelineEntry, TimelineKind, TimelinePlace } from './timeline/timeline-kind.ts';
export { NOTHING_KNOWN, type KnownPerson } from './person/apply-patch.ts';
export { createPerson } from './person/create-person.ts';
export { ensurePersons } from './person/ensure-persons.ts';
export { ensureWalkIn, type WalkInPlace } from './person/ensure-walk-in.ts';
export {
  ConsentTextType,
  ExternalRefType,
  ProfileRefType,
  ProfileType,
  ShopperVisitType,
  type ProfileRecord,
} from './profiles.types.ts';
export { CodeExpired, ShopperUnknown, TooManyCodes, VisitExpired, WrongCode } from './profiles.errors.ts';
export { upsertProfiles, type UpsertProfiles } from './upsert/upsert-profiles.ts';
export { readKnownProfiles, type KnownProfiles } from './upsert/known-profiles.ts';
export {
  planUpsert,
  type PlannedProfile,
  type UpsertedRecord,
  type UpsertPlan,
} from './upsert/plan-upsert.ts';
export {
  identitiesOf,
  readProfileRecord,
  type ProfileRecord as UpsertProfileRecord,
  type ProfileRecordInput,
} from './upsert/profile-record.ts';
export { writePlan } from './upsert/write-plan.ts';
export { readPersonFacts, type ToldFacts } from './person/person-facts.ts';
export { erasedAmong } from './erasure/tombstones.ts';
export { PROFILE_TRACES } from './erasure/own-traces.ts';
export type { ErasedPerson, PersonTrace } from './erasure/person-trace.ts';
export { erasePerson, type ErasureRegistry } from './erasure/erase-person.ts';
export { FileLanguageType } from './customers/customers.types.ts';
export { exportCustomers } from './export/export-customers.ts';
export { safeCell } from './export/safe-cell.ts';
export { changeManyTags } from './customers/change-many-tags.ts';
export { exportPerson } from './export/export-person.ts';
export { familyOf, findCustomer } from './customers/find-customer.ts';
export { recordCustomerConsents } from './consents/record-customer-consent.ts';
export { listCustomers, type CustomerRow } from './customers/list-customers.ts';
export { openContacts } from './identities/open-contacts.ts';
export { tellConflict, type IdentityConflict } from './identities/tell-conflict.ts';
export { confirmShopper } from './visits/confirm-shopper.ts';
export { countLookUp } from './visits/count-look-up.ts';
export { updateShopper } from './visits/update-shopper.ts';
export { profilesJobs } from './visits/forget-visits.ts';
export { identifyShopper } from './visits/identify-shopper.ts';
export { markCodeDelivery } from './visits/mark-code-delivery.ts';
export { resendShopperCode } from './visits/resend-shopper-code.ts';
export { SIGN_IN_SETTINGS, type SignInSettings } from './visits/sign-in-settings.ts';
export { joinDevice, type DeviceSeen } from './visitors/join-device.ts';
export { openVisit, readVisit, readVisits, refuseVisit, type ShopperVisit } from './visits/visit.ts';
export { duplicatesJobs, lookForDuplicates } from './duplicates/check-due.ts';
export { noteIdentityConflict } from './duplicates/identity-conflicts.ts';
export { scanDuplicates } from './duplicates/scan-duplicates.ts';
export { mergeProfiles, type MergeProfiles, type ProfilesMerged } from './merge/merge-profiles.ts';
export { MergePreviewType } from './merge/merge.types.ts';
export { MERGE_TIMELINE } from './merge/timeline.ts';
export { undoMerge, type UndoMerge } from './merge/undo-merge.ts';
export { DUPLICATES_ATTENTION } from './duplicates/attention.ts';
