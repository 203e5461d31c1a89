import { describe, expect, it } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { aCashier, aKey, aStore, aTill, asActor } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aProgram, LedgerOf, type ProgramFacts } from '../../testing/loyalty.builders.ts';
import { aShopper, aVisit } from '../../testing/profiles.builders.ts';

const test = useTestApp();
const NOW = '2026-11-22T09:00:00.000Z';

/** A cashier on a till of a brand with a program, a shopper with 1 000 points, and the shopper's ledger. */
async function aCounter(facts: ProgramFacts = {}) {
  const ctx = test.app.context();
  const store = await aStore(ctx);
  const programId = await aProgram(ctx, { ...facts, brandId: store.brandId });
  const cashier = await aCashier(ctx, { till: await aTill(ctx, { store }) });
  const shopper = await aShopper(ctx);
  const ledger = new LedgerOf(ctx.sql, shopper.id, programId);
  await ledger.earn({ points: 1000, now: NOW });
  return { ctx, store, programId, cashier, shopper, ledger, at: asActor(ctx, cashier.actor) };
}

const ACCOUNT = `account { status active pending held debt available tier { code }
  nextActivation { points at } nextExpiry { points at } program { name mode } }`;

interface AccountAnswer {
  active: number;
  available: number;
}

async function visitOf(token: string, visitId: string) {
  const answer = await test.app.graphql<{
    node: { account: AccountAnswer | null; profile: { accounts: AccountAnswer[] } } | null;
  }>({
    query: `query ($id: ID!) { node(id: $id) { ... on ShopperVisit { ${ACCOUNT} profile { accounts { active available } } } } }`,
    variables: { id: globalId('ShopperVisit', visitId) },
    token,
  });
  expect(answer.errors).toBeUndefined();
  return answer.data?.node;
}

describe('an account', () => {
  it('is shown as it is at the moment, whatever jobs have run', async () => {
    const { at, cashier, shopper, ledger } = await aCounter();
    await ledger.earn({
      points: 57,
      now: NOW,
      activateAt: '2026-12-06T09:00:00Z',
      expireAt: '2027-06-01T20:59:59Z',
    });
    await ledger.hold(newId(), 300, '2026-11-22T09:30:00Z', NOW);
    const visitId = await aVisit(at, { profileId: shopper.id });
    expect((await visitOf(cashier.token, visitId))?.account).toEqual({
      status: 'ACTIVE',
      active: 700,
      pending: 57,
      held: 300,
      debt: 0,
      available: 700,
      tier: null,
      nextActivation: { points: 57, at: '2026-12-06T09:00:00.000Z' },
      nextExpiry: null,
      program: { name: 'Bonus', mode: 'LIVE' },
    });
    const before = await ledger.history();
    test.app.clock.set('2026-11-22T09:29:59Z');
    expect((await visitOf(cashier.token, visitId))?.account).toMatchObject({ active: 700, held: 300 });
    test.app.clock.set(NOW);
    expect(await ledger.history()).toEqual(before);
  });

  it('is hidden at a till until the shopper confirmed a code there', async () => {
    const { at, cashier, shopper, programId } = await aCounter();
    const byId = async () => {
      const answer = await test.app.graphql<{ node: AccountAnswer | null }>({
        query: `query ($id: ID!) { node(id: $id) { ... on LoyaltyAccount { active } } }`,
        variables: { id: globalId('LoyaltyAccount', `${shopper.id}:${programId}`) },
        token: cashier.token,
      });
      expect(answer.errors).toBeUndefined();
      return answer.data?.node;
    };
    const visitId = await aVisit(at, { profileId: shopper.id, verified: false });
    expect(await visitOf(cashier.token, visitId)).toEqual({ account: null, profile: { accounts: [] } });
    expect(await byId()).toBeNull();
    await aVisit(at, { profileId: shopper.id, verified: true });
    expect(await visitOf(cashier.token, visitId)).toMatchObject({
      account: { active: 1000 },
      profile: { accounts: [{ active: 1000, available: 1000 }] },
    });
    expect(await byId()).toEqual({ active: 1000 });
  });

  it('is shown without a code where the program says so', async () => {
    const { at, cashier, shopper } = await aCounter({ settings: { hideAccountUntilVerified: false } });
    const visitId = await aVisit(at, { profileId: shopper.id, verified: false });
    expect((await visitOf(cashier.token, visitId))?.account).toMatchObject({ active: 1000 });
  });

  it('has nothing available before the program is live, or when it is blocked (E15)', async () => {
    const liveAt = new Date('2026-12-01T00:00:00Z');
    const soft = await aCounter({ mode: 'EARN_ONLY', liveAt });
    const visitId = await aVisit(soft.at, { profileId: soft.shopper.id });
    expect((await visitOf(soft.cashier.token, visitId))?.account).toMatchObject({
      active: 1000,
      available: 0,
    });
    const blocked = await aCounter();
    await blocked.ctx.sql
      .updateTable('loyalty_account')
      .set({ status: 'BLOCKED' })
      .where('profile_id', '=', blocked.shopper.id)
      .execute();
    const other = await aVisit(blocked.at, { profileId: blocked.shopper.id });
    expect((await visitOf(blocked.cashier.token, other))?.account).toMatchObject({
      status: 'BLOCKED',
      available: 0,
    });
  });

  it('of somebody new is there and empty; of another brand it is not there', async () => {
    const { at, cashier, ctx } = await aCounter();
    await aProgram(ctx, { brandId: newId(), name: 'Foreign' });
    const newcomer = await aShopper(ctx);
    const visitId = await aVisit(at, { profileId: newcomer.id });
    expect((await visitOf(cashier.token, visitId))?.profile.accounts).toEqual([{ active: 0, available: 0 }]);
  });
});

describe('the history of an account', () => {
  it('is listed newest first, page by page, with the reason in words', async () => {
    const { ctx, programId, shopper, ledger } = await aCounter();
    const { token } = await aKey(ctx);
    const order = newId();
    await ledger.hold(order, 300, '2026-11-22T09:30:00Z', NOW);
    await ledger.capture(order, NOW);
    await ledger.adjust(-50, NOW);
    const page = async (after: string | null) => {
      const answer = await test.app.graphql<{
        profile: { accounts: { program: { id: string }; entries: History }[] };
      }>({
        query: `query ($id: ID!, $after: String) { profile(ref: { id: $id }) { accounts { program { id } entries(first: 3, after: $after) {
          edges { cursor node { kind points reason activeAfter occurredAt } } pageInfo { hasNextPage endCursor } } } } }`,
        variables: { id: globalId('Profile', shopper.id), after },
        token,
      });
      expect(answer.errors).toBeUndefined();
      const account = answer.data?.profile.accounts.find(
        (one) => one.program.id === globalId('Program', programId),
      );
      if (account === undefined) throw new Error('no account came');
      return account.entries;
    };
    interface History {
      edges: { cursor: string; node: Record<string, unknown> }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    }
    const first = await page(null);
    expect(first.edges.map((edge) => edge.node)).toEqual([
      { kind: 'ADJUST', points: -50, reason: 'a test', activeAfter: 650, occurredAt: NOW },
      { kind: 'CAPTURE', points: -300, reason: 'Потрачены на покупку', activeAfter: 700, occurredAt: NOW },
      { kind: 'HOLD', points: -300, reason: 'Отложены для покупки', activeAfter: 700, occurredAt: NOW },
    ]);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await page(first.pageInfo.endCursor);
    expect(second.edges.map((edge) => edge.node['kind'])).toEqual(['EARN']);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  it('of a survivor holds what the merged profile brought along', async () => {
    const { ctx, programId, shopper, ledger } = await aCounter();
    const other = new LedgerOf(ctx.sql, (await aShopper(ctx)).id, programId);
    await other.earn({ points: 40, now: NOW });
    await other.mergeInto(shopper.id, NOW);
    const { token } = await aKey(ctx);
    const answer = await test.app.graphql<{
      node: { active: number; entries: { edges: { node: { kind: string } }[] } };
    }>({
      query: `query ($id: ID!) { node(id: $id) { ... on LoyaltyAccount { active entries { edges { node { kind points } } } } } }`,
      variables: { id: globalId('LoyaltyAccount', `${shopper.id}:${programId}`) },
      token,
    });
    expect(answer.data?.node.active).toBe(1040);
    expect(answer.data?.node.entries.edges.map((edge) => edge.node)).toEqual([
      { kind: 'MERGE', points: 40 },
      { kind: 'MERGE', points: -40 },
      { kind: 'EARN', points: 40 },
      { kind: 'EARN', points: 1000 },
    ]);
    expect(await ledger.balance()).toMatchObject({ active: 1040 });
  });
});

describe('the program of a till', () => {
  it('tells its rules in the language of the store', async () => {
    const { cashier } = await aCounter();
    const answer = await test.app.graphql<{ till: { program: { mode: string; rules: string } } }>({
      query: '{ till { program { name mode liveAt rules } } }',
      token: cashier.token,
    });
    expect(answer.data?.till.program).toMatchObject({ name: 'Bonus', mode: 'LIVE' });
    expect(answer.data?.till.program.rules).toContain('3 балла за каждые полные 100 ₽');
  });
});
