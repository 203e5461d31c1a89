import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { LedgerModel } from '../../testing/ledger-model.ts';
import { ACCOUNTS, actionOf, HOUR, ORDERS, post, standing, wish } from '../../testing/ledger-play.ts';
import { ledgerViolations, LedgerOf, useTestDatabase } from '../../testing/loyalty.builders.ts';

const db = useTestDatabase();
const START = Date.parse('2026-11-22T09:00:00Z');

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
          if (ledger !== undefined) expect(await standing(db.sql, ledger)).toEqual(model.standing(touched));
        }
      }
      expect(await ledgerViolations(db.sql)).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 120_000);
