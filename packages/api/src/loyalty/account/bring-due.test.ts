import { describe, expect, it } from 'vitest';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aProgram, LedgerOf, ledgerViolations } from '../../testing/loyalty.builders.ts';
import { announceExpiry, bringDueAccounts } from './bring-due.ts';

const test = useTestApp();
const NOW = '2026-11-22T09:00:00.000Z';

async function eventsOf(profileId: string): Promise<string[]> {
  const events = await test.app
    .context()
    .sql.selectFrom('outbox_event')
    .select(['kind', 'payload'])
    .where('profile_id', '=', profileId)
    .orderBy('position')
    .execute();
  return events.map(({ kind, payload }) => `${kind} ${String(payload['points'])}`);
}

describe('the job of what is due', () => {
  it('activates and expires in bulk, tells it once, and changes nothing the second time', async () => {
    const ctx = test.app.context();
    const programId = await aProgram(ctx);
    const accounts = Array.from({ length: 120 }, () => new LedgerOf(ctx.sql, undefined, programId));
    for (const account of accounts) {
      await account.earn({
        points: 10,
        now: NOW,
        activateAt: '2026-11-23T09:00:00Z',
        expireAt: '2026-11-24T09:00:00Z',
      });
    }
    expect(await bringDueAccounts(ctx)).toBe(0);
    test.app.clock.set('2026-11-23T09:00:00Z');
    expect(await bringDueAccounts(ctx)).toBe(120);
    expect(await bringDueAccounts(ctx)).toBe(0);
    test.app.clock.set('2026-11-24T09:00:00Z');
    expect(await bringDueAccounts(ctx)).toBe(120);
    const [one] = accounts;
    expect(await eventsOf(one?.profileId ?? '')).toEqual([
      'points.earned 10',
      'points.activated 10',
      'points.expired -10',
    ]);
    expect(await ledgerViolations(ctx.sql)).toEqual([]);
    test.app.clock.set(NOW);
  });

  it('leaves an account somebody works on to them', async () => {
    const ctx = test.app.context();
    const account = new LedgerOf(ctx.sql, undefined, await aProgram(ctx));
    await account.earn({ points: 10, now: NOW, activateAt: '2026-11-22T10:00:00Z' });
    test.app.clock.set('2026-11-22T10:00:00Z');
    await ctx.sql.transaction().execute(async (tx) => {
      await tx
        .selectFrom('loyalty_account')
        .select('active')
        .where('profile_id', '=', account.profileId)
        .forUpdate()
        .execute();
      expect(await bringDueAccounts(ctx)).toBe(0);
    });
    expect(await bringDueAccounts(ctx)).toBe(1);
    test.app.clock.set(NOW);
  });
});

describe('the announcement of expiry', () => {
  it('tells each day of expiry once per notice, with its points', async () => {
    const ctx = test.app.context();
    const account = new LedgerOf(ctx.sql, undefined, await aProgram(ctx));
    await account.earn({ points: 40, now: NOW, expireAt: '2026-12-31T20:59:59Z' });
    await account.earn({ points: 2, now: NOW, expireAt: '2026-12-31T09:00:00Z' });
    await account.earn({ points: 500, now: NOW });
    const steps: [string, number][] = [
      ['2026-11-30T20:00:00Z', 0],
      ['2026-12-01T21:00:00Z', 1],
      ['2026-12-02T21:00:00Z', 0],
      ['2026-12-24T21:00:00Z', 1],
      ['2026-12-30T21:00:00Z', 1],
      ['2026-12-30T22:00:00Z', 0],
    ];
    for (const [at, told] of steps) {
      test.app.clock.set(at);
      expect([at, await announceExpiry(ctx)]).toEqual([at, told]);
    }
    const events = await ctx.sql
      .selectFrom('outbox_event')
      .select('payload')
      .where('profile_id', '=', account.profileId)
      .where('kind', '=', 'points.expiring')
      .orderBy('position')
      .execute();
    expect(events.map((event) => event.payload)).toMatchObject([
      { points: 42, day: '2026-12-31', daysBefore: 30, active: 542 },
      { points: 42, day: '2026-12-31', daysBefore: 7 },
      { points: 42, day: '2026-12-31', daysBefore: 1 },
    ]);
    test.app.clock.set(NOW);
  });
});
