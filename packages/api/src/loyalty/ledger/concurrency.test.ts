import * as fc from 'fast-check';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { LedgerModel, type LedgerAction } from '../../testing/ledger-model.ts';
import { isRefusal, perform } from '../../testing/ledger-play.ts';
import { ledgerViolations, LedgerOf, useTestDatabase } from '../../testing/loyalty.builders.ts';

const CLIENTS = 8;
const db = useTestDatabase({ poolSize: CLIENTS });
const START = Date.parse('2026-11-22T09:00:00Z');
const iso = (instant: number) => new Date(instant).toISOString();

/** What was acknowledged to a client, between which postings of its account. */
interface Acknowledged {
  action: LedgerAction;
  now: number;
  before: number;
  after: number;
}

/** A caller in a transaction of its own. */
async function call(account: LedgerOf, action: LedgerAction, now: number): Promise<Acknowledged | 'REFUSED'> {
  const { profileId, programId } = account;
  const alone = { ...action, account: 0 } as LedgerAction;
  try {
    return await db.sql.transaction().execute(async (tx) => {
      const revision = async () =>
        (
          await sql<{ revision: number }>`
            select revision from public.loyalty_lock_account(${profileId}, ${programId}, ${iso(now)})`.execute(
            tx,
          )
        ).rows[0]?.revision ?? 0;
      const before = await revision();
      await perform([new LedgerOf(tx, profileId, programId)], alone, now);
      return { action: alone, now, before, after: await revision() };
    });
  } catch (error) {
    if (isRefusal(error)) return 'REFUSED';
    throw error;
  }
}

/** A till at work: sells with and without points on whatever account is next. */
function actionOf(client: number, step: number, dice: number, account: number, now: number): LedgerAction {
  const order = `00000000-0000-4000-8000-${String(client * 1000 + Math.floor(step / 2)).padStart(12, '0')}`;
  const points = 1 + (dice % 90);
  if (step % 2 === 1) {
    return dice % 4 === 0 ? { kind: 'RELEASE', account, order } : { kind: 'COMMIT', account, order, points };
  }
  if (dice % 3 === 0) {
    const activateAt = now + (dice % 2) * 1_000;
    return {
      kind: 'EARN',
      account,
      order: newId(),
      points: points * 2,
      activateAt,
      expireAt: activateAt + 20_000,
    };
  }
  return { kind: 'HOLD', account, order, points, expiresAt: now + 3_000 };
}

it('tills on a few hot accounts: what was acknowledged, replayed in order of posting, gives the balances', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.nat(9_999), { minLength: 30, maxLength: 30 }), {
        minLength: CLIENTS,
        maxLength: CLIENTS,
      }),
      async (dice) => {
        const program = newId();
        const accounts = Array.from({ length: 5 }, () => new LedgerOf(db.sql, newId(), program));
        const acknowledged: Acknowledged[][] = accounts.map(() => []);
        let clock = START;
        await Promise.all(
          dice.map(async (throws, client) => {
            for (const [step, dots] of throws.entries()) {
              clock += 50;
              const now = clock;
              const account = Math.floor(step / 2 + client) % accounts.length;
              const ledger = accounts[account];
              if (ledger === undefined) throw new Error('no such account');
              const action = actionOf(client, step, dots, account, now);
              const reply = await call(ledger, action, now);
              if (reply !== 'REFUSED') acknowledged[account]?.push(reply);
            }
          }),
        );
        expect(await ledgerViolations(db.sql)).toEqual([]);
        const end = clock + 60_000;
        for (const [index, ledger] of accounts.entries()) {
          const model = new LedgerModel(1);
          const inOrder = (acknowledged[index] ?? []).toSorted(
            (a, b) => a.after - b.after || a.before - b.before,
          );
          for (const { action, now } of inOrder) {
            model.apply(action, now);
          }
          model.apply({ kind: 'LOOK', account: 0 }, end);
          const lots = model.account(0).lots;
          const sum = (part: 'active' | 'pending' | 'held') => lots.reduce((so, lot) => so + lot[part], 0);
          expect(await ledger.bringTo(iso(end))).toEqual({
            active: sum('active'),
            pending: sum('pending'),
            held: sum('held'),
            debt: model.standing(0).debt,
          });
        }
      },
    ),
    { numRuns: 5, endOnFailure: true },
  );
}, 120_000);

it('five hot accounts and eight clients: sums agree, and nothing is held or spent twice', async () => {
  const program = newId();
  const accounts = Array.from({ length: 5 }, () => new LedgerOf(db.sql, newId(), program));
  await Promise.all(accounts.map((account) => account.earn({ points: 1000, now: iso(START) })));
  const spent = accounts.map(() => 0);
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (let step = 0; step < 40; step += 1) {
        const index = (client + step) % accounts.length;
        const account = accounts[index];
        if (account === undefined) throw new Error('no such account');
        const order = newId();
        try {
          await account.hold(order, 7, iso(START + 60_000), iso(START));
        } catch (error) {
          if (!isRefusal(error)) throw error;
          continue;
        }
        if (step % 4 === 0) await account.release(order, iso(START));
        else {
          const captured = await account.capture(order, iso(START));
          expect(captured).toBe(7);
          spent[index] = (spent[index] ?? 0) + captured;
          await account.earn({ points: 1, now: iso(START), order });
        }
      }
    }),
  );
  const balances = await Promise.all(accounts.map((account) => account.balance()));
  expect(balances.map((balance) => balance.active)).toEqual(
    spent.map((points) => 1000 - points + points / 7),
  );
  expect(balances.map((balance) => balance.held)).toEqual([0, 0, 0, 0, 0]);
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

it('two tills and one balance, fifty rounds: exactly one full redemption each', async () => {
  for (let round = 0; round < 50; round += 1) {
    const account = new LedgerOf(db.sql);
    await account.earn({ points: 100, now: iso(START) });
    const results = await Promise.allSettled(
      [newId(), newId()].map((order) => account.hold(order, 100, iso(START + 60_000), iso(START))),
    );
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await account.balance()).toEqual({ active: 0, pending: 0, held: 100, debt: 0 });
  }
});

it('merges of two accounts into each other at once end in one of them with every point', async () => {
  for (let round = 0; round < 20; round += 1) {
    const program = newId();
    const [a, b] = [new LedgerOf(db.sql, newId(), program), new LedgerOf(db.sql, newId(), program)];
    await a.earn({ points: 30, now: iso(START) });
    await b.earn({ points: 12, now: iso(START) });
    const results = await Promise.allSettled([
      a.mergeInto(b.profileId, iso(START)),
      b.mergeInto(a.profileId, iso(START)),
    ]);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.map((result) => result.reason.code)).toEqual(['40001']);
    const balances = [await a.balance(), await b.balance()];
    expect(balances.map((balance) => balance.active).toSorted((x, y) => x - y)).toEqual([0, 42]);
  }
  expect(await ledgerViolations(db.sql)).toEqual([]);
});
