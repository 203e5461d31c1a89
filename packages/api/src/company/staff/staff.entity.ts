import { ROLES } from '@clientele/shared/permissions';
import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import { Brand } from '../brand.entity.ts';
import { Store } from '../store.entity.ts';

/** A person who works here: at a till by PIN, in the admin by password. */
export const Staff = defineEntity({
  name: 'Staff',
  tableName: 'staff',
  properties: {
    id: p.uuid().primary(),
    name: p.string().columnType('text'),
    email: p.string().columnType('text').nullable().unique(),
    passwordHash: p.string().columnType('text').nullable(),
    pinHash: p.string().columnType('text').nullable(),
    /** Of the admin, and of letters: `ru`, `en`. */
    language: p.string().columnType('text').default('ru'),
    /** May let a shopper be verified without a code, by own PIN and with a reason. */
    canWaive: p.boolean().default(false),
    status: p.enum(['ACTIVE', 'DISABLED'] as const).columnType('text'),
    createdAt: p.datetime(),
    version: p.integer().default(1),
  },
});

/** In which stores somebody works, and as what. */
export const StaffStore = defineEntity({
  name: 'StaffStore',
  tableName: 'staff_store',
  properties: {
    staff: () => p.manyToOne(Staff).primary().updateRule('no action').deleteRule('no action'),
    store: () => p.manyToOne(Store).primary().index().updateRule('no action').deleteRule('no action'),
    role: p.enum(['CASHIER', 'MANAGER'] as const).columnType('text'),
  },
});

/** What somebody is in the admin: of the company, of a brand, or of one store. */
export const StaffRole = defineEntity({
  name: 'StaffRole',
  tableName: 'staff_role',
  properties: {
    id: p.uuid().primary(),
    staff: () => p.manyToOne(Staff).updateRule('no action').deleteRule('no action'),
    role: p.enum(ROLES).columnType('text'),
    /** null: every brand. */
    brand: () => p.manyToOne(Brand).nullable().updateRule('no action').deleteRule('no action'),
    /** null: every store, of the brand where there is one. */
    store: () => p.manyToOne(Store).nullable().updateRule('no action').deleteRule('no action'),
  },
  indexes: [
    {
      name: 'staff_role_once',
      expression:
        'create unique index staff_role_once on staff_role (staff_id, role, brand_id, store_id) nulls not distinct',
    },
  ],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    staff: InferKyselyTable<typeof Staff>;
    staff_role: InferKyselyTable<typeof StaffRole>;
    staff_store: InferKyselyTable<typeof StaffStore>;
  }
}
