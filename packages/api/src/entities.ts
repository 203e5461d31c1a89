import type { EntitySchema } from '@mikro-orm/postgresql';
import { ApiKey } from './company/api-key.entity.ts';
import { AuditEntry } from './company/audit-entry.entity.ts';
import { Brand } from './company/brand.entity.ts';
import { CashierSession } from './company/cashier-session.entity.ts';
import { Setting } from './company/setting.entity.ts';
import { Staff, StaffStore } from './company/staff.entity.ts';
import { Store } from './company/store.entity.ts';
import { Till } from './company/till.entity.ts';
import { PinGuard, UsageCounter } from './company/usage.entity.ts';
import { IdempotencyRecord } from './platform/database/idempotency.entity.ts';
import { OutboxDelivery, OutboxEvent } from './platform/outbox/outbox.entity.ts';
import { Consent, ConsentText } from './profiles/consent.entity.ts';
import { Identity, IdentityKey } from './profiles/identity.entity.ts';
import { Profile } from './profiles/profile.entity.ts';
import { SignInChallenge, Visit } from './profiles/sign-in-challenge.entity.ts';

/** Every table; assembly only. */
export const entities: readonly EntitySchema[] = [
  IdempotencyRecord,
  OutboxEvent,
  OutboxDelivery,
  // company
  Brand,
  Store,
  Till,
  Staff,
  StaffStore,
  CashierSession,
  ApiKey,
  AuditEntry,
  Setting,
  UsageCounter,
  PinGuard,
  // profiles
  Profile,
  Identity,
  IdentityKey,
  ConsentText,
  Consent,
  SignInChallenge,
  Visit,
];
