import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { LedgerModel, standingOf, type LedgerAction } from '../../testing/ledger-model.ts';
import { ledgerViolations, LedgerOf, useTestDatabase } from '../../testing/loyalty.builders.ts';

const db = useTestDatabase({ poolSize: 10 });
const START = Date.parse('2026-11-22T09:00:00Z');
const HOUR = 3_600_000;
const ACCOUNTS = 3;
const ORDERS = 4;

/** What a step wishes; the state decides what is possible. */
interface Wish {
  what: LedgerAction['kind'];
  account: number;
  order: number;
  points: number;
  hours: number;
  life: number | null;
}

const wish: fc.Arbitrary<Wish> = fc.record({
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

function survivorOf(model: LedgerModel, index: number): number {
  const { mergedInto } = model.account(index);
  return mergedInto === null ? index : survivorOf(model, mergedInto);
}

/** The step as the rooms above would take it: never more restored or clawed than there is, never merged into itself. */
function actionOf(
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

/** Does the same to the database. @returns false where it refuses */
async function post(accounts: readonly LedgerOf[], action: LedgerAction, now: number): Promise<boolean> {
  const ledger = accounts[action.account];
  if (ledger === undefined) throw new Error('no such account');
  const at = new Date(now).toISOString();
  const iso = (instant: number) => new Date(instant).toISOString();
  switch (action.kind) {
    case 'LOOK':
      await ledger.bringTo(at);
      return true;
    case 'EARN':
      await ledger.earn({
        points: action.points,
        now: at,
        activateAt: iso(action.activateAt),
        expireAt: action.expireAt === null ? null : iso(action.expireAt),
        order: action.order,
      });
      return true;
    case 'HOLD':
      return accepted(ledger.hold(action.order, action.points, iso(action.expiresAt), at), ledger, at);
    case 'RELEASE':
      await ledger.release(action.order, at);
      return true;
    case 'COMMIT':
      await ledger.commit(action.order, action.points, at);
      return true;
    case 'RESTORE':
      await ledger.restore(action.order, action.points, at);
      return true;
    case 'CLAWBACK':
      await ledger.clawBack(action.order, action.points, at);
      return true;
    case 'ADJUST':
      return accepted(ledger.adjust(action.points, at, action.allowDebt), ledger, at);
    case 'MERGE': {
      const survivor = accounts[action.into];
      if (survivor === undefined) throw new Error('no such account');
      // Somebody who never had points has no account to merge.
      await ledger.bringTo(at);
      await survivor.bringTo(at);
      await ledger.mergeInto(survivor.profileId, at);
      return true;
    }
  }
}

async function accepted(posting: Promise<unknown>, ledger: LedgerOf, at: string): Promise<boolean> {
  try {
    await posting;
    return true;
  } catch (error) {
    if (!(error instanceof Error) || error.message !== 'InsufficientPoints') throw error;
    // The refusal rolled back the passing of time too; the model keeps it.
    await ledger.bringTo(at);
    return false;
  }
}

async function standing(ledger: LedgerOf): Promise<{ debt: number; lots: string[] }> {
  const account = await db.sql
    .selectFrom('loyalty_account')
    .select('debt')
    .where('profile_id', '=', ledger.profileId)
    .executeTakeFirst();
  const lots = (await ledger.lots()).map((lot) => ({ ...lot, expireAt: lot.expireAt?.getTime() ?? null }));
  return { debt: account?.debt ?? 0, lots: standingOf(lots) };
}

it('any sequence of operations posts what the model says, and I1–I8 hold', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { minLength: 5, maxLength: 40 }), async (wishes) => {
      const model = new LedgerModel(ACCOUNTS);
      const program = newId();
      const accounts = Array.from({ length: ACCOUNTS }, () => new LedgerOf(db.sql, newId(), program));
      const orders = Array.from({ length: ORDERS }, () => newId());
      let now = START;
      for (const wished of wishes) {
        now += wished.hours * HOUR;
        const action = actionOf(model, wished, orders, now);
        const expected = model.apply(action, now);
        expect(await post(accounts, action, now)).toBe(expected);
        for (const touched of new Set([action.account, 'into' in action ? action.into : action.account])) {
          const ledger = accounts[touched];
          if (ledger !== undefined) expect(await standing(ledger)).toEqual(model.standing(touched));
        }
      }
      expect(await ledgerViolations(db.sql)).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 120_000);
