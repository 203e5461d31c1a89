import type { EntitySchema } from '@mikro-orm/postgresql';
import { RfmModel } from './segments/models/rfm-model.entity.ts';
import { EventDefinition } from './activity/definitions/event-definition.entity.ts';
import { Event, EventCount, EventKey } from './activity/event.entity.ts';
import { Category } from './catalog/category.entity.ts';
import { Product, ProductBarcode } from './catalog/product.entity.ts';
import { ApiKey } from './company/callers/api-key.entity.ts';
import { ShopperToken } from './company/callers/shopper-token.entity.ts';
import { AuditEntry } from './company/audit-entry.entity.ts';
import { Brand } from './company/brand.entity.ts';
import { CashierSession } from './company/staff/cashier-session.entity.ts';
import {
  RecoveryCode,
  SecondFactor,
  SignInGuard,
  StaffLink,
  StaffSession,
} from './company/sessions/staff-session.entity.ts';
import { Notification, SavedView } from './company/desk/desk.entity.ts';
import { Setting } from './company/settings/setting.entity.ts';
import { Staff, StaffRole, StaffStore } from './company/staff/staff.entity.ts';
import { Store } from './company/store.entity.ts';
import { Till } from './company/tills/till.entity.ts';
import { PinGuard, UsageCounter } from './company/limits/usage.entity.ts';
import { OfferGrant, OfferShowing } from './offers/grants/offer-grant.entity.ts';
import { PromotionCounter, PromotionHold, PromotionUse } from './offers/limits/promotion-use.entity.ts';
import { OrderKey, ReceiptKey } from './orders/order/order-key.entity.ts';
import { OrderLine } from './orders/order/order-line.entity.ts';
import { Order } from './orders/order/order.entity.ts';
import { RetroGrant, RetroRun } from './orders/retro/retro-run.entity.ts';
import { OrderReturn, ReturnKey, ReturnLine, WaitingReturn } from './orders/returns/order-return.entity.ts';
import { StaffLetter } from './messaging/staff-letters/staff-letter.entity.ts';
import { Message, MessageKey } from './messaging/message.entity.ts';
import { ImportRun } from './exchange/imports/import-run.entity.ts';
import { OpeningBalance } from './exchange/imports/kinds/opening-balance.entity.ts';
import { ImportPreset } from './exchange/imports/mapping/import-preset.entity.ts';
import { ImportChange, ImportProductChange } from './exchange/imports/undo/import-change.entity.ts';
import { PromotionGroup } from './offers/promotions/groups/promotion-group.entity.ts';
import { Promotion, PromotionRevision } from './offers/promotions/promotion.entity.ts';
import { IdempotencyRecord } from './platform/database/idempotency.entity.ts';
import { StoredFile } from './platform/files/stored-file.entity.ts';
import { ExchangeHour, ExchangeSource } from './exchange/monitor/source.entity.ts';
import { ExchangeFile, ExchangeSchedule } from './exchange/schedules/schedule.entity.ts';
import { IntakeDelivery, RejectedRecord } from './platform/intake/intake.entity.ts';
import { Task } from './platform/tasks/task.entity.ts';
import { OutboxDelivery, OutboxEvent } from './platform/outbox/outbox.entity.ts';
import { AttributeDefinition } from './profiles/attributes/attribute-definition.entity.ts';
import { Consent, ConsentText } from './profiles/consents/consent.entity.ts';
import { ConsentTopic } from './profiles/consents/topics/consent-topic.entity.ts';
import { DuplicateCandidate, DuplicateDue, DuplicateToken } from './profiles/duplicates/duplicate.entity.ts';
import { ErasedIdentity } from './profiles/erasure/erased-identity.entity.ts';
import { IdentityChange, ProfileChange } from './profiles/history/profile-change.entity.ts';
import { Identity, IdentityKey } from './profiles/identities/identity.entity.ts';
import { ProfileMerge } from './profiles/merge/profile-merge.entity.ts';
import { Profile } from './profiles/profile.entity.ts';
import { SignInChallenge, Visit } from './profiles/visits/sign-in-challenge.entity.ts';
import { ExpiryNotice } from './loyalty/account/expiry-notice.entity.ts';
import { ActionGrant } from './loyalty/actions/action-grant.entity.ts';
import { TierChange, TierEntry, TierProgress } from './loyalty/tiers/tier-entry.entity.ts';
import { LoyaltyEntry } from './loyalty/ledger/entry.entity.ts';
import { Hold, HoldLot } from './loyalty/ledger/hold.entity.ts';
import { Incident } from './loyalty/ledger/incident.entity.ts';
import { LoyaltyJournal } from './loyalty/ledger/journal.entity.ts';
import { Lot } from './loyalty/ledger/lot.entity.ts';
import { LoyaltyAccount } from './loyalty/ledger/loyalty-account.entity.ts';
import { ProgramDraft } from './loyalty/program/program-draft.entity.ts';
import { Correction } from './loyalty/oversight/corrections/correction.entity.ts';
import { LiabilitySnapshot } from './loyalty/oversight/liability/liability-snapshot.entity.ts';
import { ProgramVersion } from './loyalty/program/program-version.entity.ts';
import { ProgramWithdrawal } from './loyalty/program/program-withdrawal.entity.ts';
import { Program } from './loyalty/program/program.entity.ts';
import {
  ProfileSegment,
  Segment,
  SegmentDirty,
  SegmentSize,
  SegmentTransition,
} from './segments/membership/segment.entity.ts';
import { SegmentSnapshot, SegmentSnapshotMember } from './segments/snapshots/segment-snapshot.entity.ts';
import { PromoCode, PromoCodeCounter, PromoCodeUse } from './offers/codes/promo-code.entity.ts';
import { PromoCodeBatch, PromoCodePool } from './offers/codes/pools/promo-code-pool.entity.ts';

/** Every table; assembly only. */
export const entities: readonly EntitySchema[] = [
  IdempotencyRecord,
  OutboxEvent,
  OutboxDelivery,
  Task,
  IntakeDelivery,
  RejectedRecord,
  StoredFile,
  // company
  Brand,
  Store,
  Till,
  Staff,
  StaffStore,
  StaffRole,
  StaffSession,
  SecondFactor,
  RecoveryCode,
  StaffLink,
  SignInGuard,
  Notification,
  SavedView,
  CashierSession,
  ApiKey,
  ShopperToken,
  AuditEntry,
  Setting,
  UsageCounter,
  PinGuard,
  // profiles
  Profile,
  Identity,
  IdentityKey,
  IdentityChange,
  ProfileChange,
  ErasedIdentity,
  DuplicateToken,
  DuplicateDue,
  DuplicateCandidate,
  ProfileMerge,
  ConsentText,
  ConsentTopic,
  AttributeDefinition,
  Consent,
  SignInChallenge,
  Visit,
  // catalog
  Category,
  Product,
  ProductBarcode,
  // activity
  Event,
  EventKey,
  EventCount,
  EventDefinition,
  // segments
  RfmModel,
  Segment,
  ProfileSegment,
  SegmentTransition,
  SegmentDirty,
  SegmentSize,
  SegmentSnapshot,
  SegmentSnapshotMember,
  // offers
  PromotionGroup,
  Promotion,
  PromotionRevision,
  OfferGrant,
  OfferShowing,
  PromotionUse,
  PromotionHold,
  PromotionCounter,
  // offers: codes
  PromoCodePool,
  PromoCodeBatch,
  PromoCode,
  PromoCodeUse,
  PromoCodeCounter,
  // loyalty
  Program,
  ProgramVersion,
  ProgramWithdrawal,
  ProgramDraft,
  LoyaltyAccount,
  Lot,
  LoyaltyJournal,
  LoyaltyEntry,
  Hold,
  HoldLot,
  Incident,
  Correction,
  LiabilitySnapshot,
  ExpiryNotice,
  ActionGrant,
  TierEntry,
  TierProgress,
  TierChange,
  // orders
  Order,
  OrderLine,
  OrderKey,
  ReceiptKey,
  OrderReturn,
  ReturnLine,
  ReturnKey,
  WaitingReturn,
  RetroRun,
  RetroGrant,
  // messaging
  Message,
  MessageKey,
  StaffLetter,
  // exchange
  ExchangeSource,
  ExchangeHour,
  ExchangeSchedule,
  ExchangeFile,
  ImportRun,
  ImportPreset,
  ImportChange,
  ImportProductChange,
  OpeningBalance,
];
