import type { Role } from '@clientele/shared/permissions';
import type { Context } from '../../platform/context.ts';
import { rolesOf } from '../staff/staff-roles.ts';
import type { SessionState } from './session-life.ts';

/** Who is signed in, or on the way to be. */
export interface SessionRecord {
  id: string;
  state: SessionState;
  expiresAt: Date;
  staffId: string;
  name: string;
  email: string | null;
  language: string;
  /** An authenticator app is set up. */
  secondFactor: boolean;
  recoveryCodesLeft: number;
  roles: readonly Role[];
  allStores: boolean;
}

export interface SessionBrand {
  id: string;
  name: string;
}

export interface SessionStore {
  id: string;
  code: string;
  name: string;
  timeZone: string;
  currency: string;
  brandId: string;
}

/** @returns null where nobody is */
export async function readSession(ctx: Context, id: string): Promise<SessionRecord | null> {
  const row = await ctx.sql
    .selectFrom('staff_session as session')
    .innerJoin('staff', 'staff.id', 'session.staff_id')
    .leftJoin('second_factor as factor', 'factor.staff_id', 'staff.id')
    .select((eb) => [
      'session.id',
      'session.state',
      'session.expires_at as expiresAt',
      'staff.id as staffId',
      'staff.name',
      'staff.email',
      'staff.language',
      'factor.confirmed_at as confirmedAt',
      eb
        .selectFrom('recovery_code')
        .select((inner) => inner.fn.countAll<number>().as('left'))
        .whereRef('recovery_code.staff_id', '=', 'staff.id')
        .where('used_at', 'is', null)
        .as('codesLeft'),
    ])
    .where('session.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const open = row.state === 'OPEN';
  const { roles, storeIds } = await rolesOf(ctx, row.staffId);
  return {
    id: row.id,
    state: row.state,
    expiresAt: row.expiresAt,
    staffId: row.staffId,
    name: row.name,
    email: row.email,
    language: row.language,
    secondFactor: row.confirmedAt !== null,
    recoveryCodesLeft: Number(row.codesLeft ?? 0),
    // Whoever only gave a password learns nothing of what it may lead to.
    roles: open ? roles : [],
    allStores: open && storeIds === 'ALL',
  };
}

/** The stores this person works with, by name; closed ones are left out. */
export async function storesOfSession(ctx: Context, session: SessionRecord): Promise<SessionStore[]> {
  if (session.state !== 'OPEN') return [];
  const { storeIds } = await rolesOf(ctx, session.staffId);
  if (storeIds !== 'ALL' && storeIds.length === 0) return [];
  let query = ctx.sql
    .selectFrom('store')
    .select(['id', 'code', 'name', 'time_zone as timeZone', 'currency', 'brand_id as brandId'])
    .where('archived_at', 'is', null);
  if (storeIds !== 'ALL') query = query.where('id', 'in', [...storeIds]);
  return query.orderBy('name').orderBy('id').execute();
}

/** The brands of those stores; every brand for who works with every store. */
export async function brandsOfSession(ctx: Context, session: SessionRecord): Promise<SessionBrand[]> {
  if (session.state !== 'OPEN') return [];
  let query = ctx.sql.selectFrom('brand').select(['id', 'name']).where('archived_at', 'is', null);
  if (!session.allStores) {
    const brandIds = (await storesOfSession(ctx, session)).map(({ brandId }) => brandId);
    if (brandIds.length === 0) return [];
    query = query.where('id', 'in', brandIds);
  }
  return query.orderBy('name').orderBy('id').execute();
}

export const LANGUAGES = ['ru', 'en'] as const;

/** The language of the admin and of letters. */
export async function chooseLanguage(
  ctx: Context,
  input: { language: (typeof LANGUAGES)[number] },
): Promise<boolean> {
  await ctx.sql
    .updateTable('staff')
    .set({ language: input.language })
    .where('id', '=', ctx.actor.id)
    .execute();
  return true;
}
