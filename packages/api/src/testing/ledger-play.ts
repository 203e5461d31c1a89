import * as fc from 'fast-check';
import type { Sql } from '../platform/database/database.ts';
import { LedgerModel, standingOf, type LedgerAction } from './ledger-model.ts';
import type { LedgerOf } from './loyalty.builders.ts';

/** Random life of a few accounts: what might happen, to the model and to the database alike. */

export const HOUR = 3_600_000;
export const ACCOUNTS = 3;
export const ORDERS = 4;

/** What a step wishes; the state decides what is possible. */
export interface Wish {
  what: LedgerAction['kind'];
  account: number;
  order: number;
  points: number;
  hours: number;
  life: number | null;
}

export const wish: fc.Arbitrary<Wish> = fc.record({
  what: fc.oneof(
    { weight: 5, arbitrary: fc.constant('EARN' as const) },
    { weight: 5, arbitrary: fc.constant('HOLD' as const) },
    { weight: 4, arbitrary: fc.constant('COMMIT' as const) },
    { weight: 2, arbitrary: fc.constantFrom('RELEASE' as const, 'RESTORE' as const, 'CLAWBACK' as const) },
    { weight: 1, arbitrary: fc.constantFrom('ADJUST' as const, 'LOOK' as const, 'MERGE' as const) },
  ),
  account: fc.nat(ACCOUNTS - 1),
  order: fc.nat(ORDERS - 1),
  points: fc.integer({ min: 1, max: 120 }),
  hours: fc.nat(30),
  life: fc.option(fc.integer({ min: 1, max: 60 })),
});

export function survivorOf(model: LedgerModel, index: number): number {
  const { mergedInto } = model.account(index);
  return mergedInto === null ? index : survivorOf(model, mergedInto);
}

/** The step as the rooms above would take it: never more restored or clawed than there is, never merged into itself. */
export function actionOf(
  model: LedgerModel,
  { what, ...wished }: Wish,
  orders: readonly string[],
  now: number,
): LedgerAction {
  const account = survivorOf(model, wished.account);
  const { points, hours, life } = wished;
  const order = orders[wished.order] ?? '';
  const own = `${order.slice(0, -1)}${account}`;
  const { earned, captured } = model.order(own);
  switch (what) {
    case 'EARN': {
      const activateAt = now + (hours % 4) * 6 * HOUR;
      return {
        kind: what,
        account,
        order: own,
        points,
        activateAt,
        expireAt: life === null ? null : activateAt + life * HOUR,
      };
    }
    case 'HOLD':
      // A committed order is not begun again.
      return captured.length > 0
        ? { kind: 'LOOK', account }
        : { kind: what, account, order: own, points, expiresAt: now + (1 + (hours % 12)) * HOUR };
    case 'COMMIT':
      return captured.length > 0 ? { kind: 'LOOK', account } : { kind: what, account, order: own, points };
    case 'RELEASE':
      return { kind: what, account, order: own };
    case 'RESTORE':
      return { kind: what, account, order: own, points: Math.min(points, model.restorable(own)) };
    case 'CLAWBACK':
      return { kind: what, account, order: own, points: Math.min(points, earned) };
    case 'ADJUST':
      return { kind: what, account, points: hours % 2 === 0 ? points : -points, allowDebt: hours % 3 === 0 };
    case 'MERGE': {
      const into = survivorOf(model, (wished.account + 1) % ACCOUNTS);
      return into === account ? { kind: 'LOOK', account } : { kind: what, account, into };
    }
    case 'LOOK':
      return { kind: what, account };
  }
}

/** Does the same to the database; a refusal is thrown. */
export async function perform(
  accounts: readonly LedgerOf[],
  action: LedgerAction,
  now: number,
): Promise<void> {
  const ledger = ledgerOf(accounts, action.account);
  const at = iso(now);
  switch (action.kind) {
    case 'LOOK':
      await ledger.bringTo(at);
      return;
    case 'EARN':
      await ledger.earn({
        points: action.points,
        now: at,
        activateAt: iso(action.activateAt),
        expireAt: action.expireAt === null ? null : iso(action.expireAt),
        order: action.order,
      });
      return;
    case 'HOLD':
      return ledger.hold(action.order, action.points, iso(action.expiresAt), at);
    case 'RELEASE':
      await ledger.release(action.order, at);
      return;
    case 'COMMIT':
      return ledger.commit(action.order, action.points, at);
    case 'RESTORE':
      await ledger.restore(action.order, action.points, at);
      return;
    case 'CLAWBACK':
      await ledger.clawBack(action.order, action.points, at);
      return;
    case 'ADJUST':
      await ledger.adjust(action.points, at, action.allowDebt);
      return;
    case 'MERGE': {
      const survivor = ledgerOf(accounts, action.into);
      // Somebody who never had points has no account to merge.
      await ledger.bringTo(at);
      await survivor.bringTo(at);
      await ledger.mergeInto(survivor.profileId, at);
      return;
    }
  }
}

/** @returns false where the ledger refuses; then only the passing of time is posted, as in the model */
export async function post(
  accounts: readonly LedgerOf[],
  action: LedgerAction,
  now: number,
): Promise<boolean> {
  try {
    await perform(accounts, action, now);
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await ledgerOf(accounts, action.account).bringTo(iso(now));
    return false;
  }
}

export function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.message === 'InsufficientPoints';
}

function ledgerOf(accounts: readonly LedgerOf[], index: number): LedgerOf {
  const ledger = accounts[index];
  if (ledger === undefined) throw new Error(`no account ${index}`);
  return ledger;
}

export async function standing(db: Sql, ledger: LedgerOf): Promise<{ debt: number; lots: string[] }> {
  const account = await db
    .selectFrom('loyalty_account')
    .select('debt')
    .where('profile_id', '=', ledger.profileId)
    .executeTakeFirst();
  const lots = (await ledger.lots()).map((lot) => ({ ...lot, expireAt: lot.expireAt?.getTime() ?? null }));
  return { debt: account?.debt ?? 0, lots: standingOf(lots) };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
