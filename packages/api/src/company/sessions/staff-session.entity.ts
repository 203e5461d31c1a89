import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import { Staff } from '../staff/staff.entity.ts';
import { SESSION_STATES } from './session-life.ts';

/** A browser signed in to the admin, or on its way to be. Times are the wall's, whatever a demo's clock says. */
export const StaffSession = defineEntity({
  name: 'StaffSession',
  tableName: 'staff_session',
  properties: {
    id: p.uuid().primary(),
    tokenHash: p.string().columnType('text').unique(),
    staff: () => p.manyToOne(Staff).index().updateRule('no action').deleteRule('no action'),
    state: p.enum(SESSION_STATES).columnType('text'),
    createdAt: p.datetime(),
    /** To the minute. */
    lastSeenAt: p.datetime(),
    expiresAt: p.datetime(),
    endedAt: p.datetime().nullable(),
    /** Where it was opened, for its owner's list. */
    address: p.string().columnType('text'),
    device: p.string().columnType('text'),
  },
});

/** The secret of somebody's authenticator app, sealed. */
export const SecondFactor = defineEntity({
  name: 'SecondFactor',
  tableName: 'second_factor',
  properties: {
    staff: () => p.manyToOne(Staff).primary().updateRule('no action').deleteRule('no action'),
    sealedSecret: p.string().columnType('text').nullable(),
    confirmedAt: p.datetime().nullable(),
    /** Shown for set-up, and the one above once a code of it was given. */
    sealedPending: p.string().columnType('text').nullable(),
    /** Of the last code taken: none is taken twice. */
    lastStep: p.bigint('number').default(0),
  },
});

/** Opens a session once where the telephone is lost; kept as keyed hashes. */
export const RecoveryCode = defineEntity({
  name: 'RecoveryCode',
  tableName: 'recovery_code',
  properties: {
    staff: () => p.manyToOne(Staff).primary().updateRule('no action').deleteRule('no action'),
    codeIndex: p.string().columnType('text').primary(),
    usedAt: p.datetime().nullable(),
  },
});

/** A link of a letter: sets a password once. */
export const StaffLink = defineEntity({
  name: 'StaffLink',
  tableName: 'staff_link',
  properties: {
    id: p.uuid().primary(),
    tokenHash: p.string().columnType('text').unique(),
    staff: () => p.manyToOne(Staff).index().updateRule('no action').deleteRule('no action'),
    kind: p.enum(['INVITATION', 'RESET'] as const).columnType('text'),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});

/** Wrong passwords or codes in a row; keys are keyed hashes of what was tried. */
export const SignInGuard = defineEntity({
  name: 'SignInGuard',
  tableName: 'sign_in_guard',
  properties: {
    key: p.string().columnType('text').primary(),
    wrong: p.integer(),
    lockedUntil: p.datetime().nullable(),
    triedAt: p.datetime(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    staff_session: InferKyselyTable<typeof StaffSession>;
    second_factor: InferKyselyTable<typeof SecondFactor>;
    recovery_code: InferKyselyTable<typeof RecoveryCode>;
    staff_link: InferKyselyTable<typeof StaffLink>;
    sign_in_guard: InferKyselyTable<typeof SignInGuard>;
  }
}
