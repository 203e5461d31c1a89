import { presetSettings, type TierLadder } from '@clientele/shared/receipt';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import { aKey, asActor } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { tellEvents } from '../../testing/events.builders.ts';
import { merge, undo } from '../../testing/merges.builders.ts';
import { aDraft, aLine, aShop, atTill, aVisit, sold } from '../../testing/orders.builders.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { aRecord, record } from '../../testing/records.builders.ts';
import { runTasks } from '../../testing/tasks.builders.ts';
import {
  aLadder,
  aLevel,
  previewOrder,
  PURCHASE_HISTORY,
  returnOrder,
  tierChanges,
  tierOfAccount,
} from '../../testing/tiers.builders.ts';
import { countDueTiers, publishProgramVersion, recountTiers } from '../index.ts';
import { laddersOf } from './ladders.ts';
import { tierAt } from './tier-rules.ts';
import { findProgram } from '../program/programs.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { aSession } from '../../testing/staff.builders.ts';

const it = useTestApp();

const DAY = 86_400_000;
const drain = () => tellEvents(it.app);

/** A shop with tiers, and somebody who buys in it by their phone. */
async function aShopWithTiers(ladder: TierLadder = aLadder()) {
  const ctx = it.app.context();
  const shop = await aShop(ctx, { settings: { tiers: ladder } });
  const partner = asActor(ctx, (await aKey(ctx)).actor);
  const buy = async (phone: string, roubles: number, facts: Parameters<typeof aRecord>[1] = {}) => {
    const order = aRecord(shop, {
      occurredAt: ctx.clock.now(),
      profile: { phone },
      lines: [{ sku: 'goods', quantity: '1', unitPrice: `${roubles}.00` }],
      ...facts,
    });
    await record(partner, 'web', order);
    await drain();
    return order.externalId;
  };
  const bringBack = async (externalId: string) => {
    await returnOrder(partner, {
      requestId: newId(),
      externalId: newId(),
      order: { external: { source: 'web', id: externalId } },
      receipts: [],
    });
    await drain();
  };
  return { ctx, shop, partner, buy, bringBack, shopper: await aShopper(ctx) };
}

test('a purchase lifts at once, a return takes it back', async () => {
  const { ctx, buy, bringBack, shopper } = await aShopWithTiers();
  await buy(shopper.phone, 9_999);
  expect(await tierOfAccount(ctx, shopper.id)).toBeNull();
  const last = await buy(shopper.phone, 20_001);
  expect(await tierOfAccount(ctx, shopper.id)).toBe('GOLD');
  await bringBack(last);
  expect(await tierOfAccount(ctx, shopper.id)).toBeNull();
  expect(await tierChanges(ctx, shopper.id)).toEqual(['-GOLD PURCHASE', 'GOLD- RETURN']);
});

test('at a till: the next preview knows the tier the last purchase brought', async () => {
  const ctx = it.app.context();
  const shop = await aShop(ctx, {
    settings: {
      tiers: aLadder(),
      multipliers: [{ code: 'gold', factorBp: 20_000, match: { tiers: ['GOLD'] } }],
    },
  });
  const till = await atTill(ctx, shop);
  const shopper = await aShopper(ctx);
  const visitId = await aVisit(till, shopper.id);
  const draft = aDraft({ shopper: { visitId }, lines: [aLine({ unitPrice: '30000.00' })] });
  expect((await previewOrder(till, draft)).quote.earning.points).toBe(900);
  await sold(till, draft);
  await drain();
  expect((await previewOrder(till, draft)).quote.earning.points).toBe(1_800);
});

test('time alone takes a tier away, once it was kept long enough', async () => {
  const { ctx, buy, shopper } = await aShopWithTiers(aLadder({ keepDays: 30 }));
  await buy(shopper.phone, 10_000);
  it.app.clock.advance(100 * DAY);
  await buy(shopper.phone, 20_000);
  it.app.clock.advance(265 * DAY - 1);
  await countDueTiers(ctx);
  expect(await tierOfAccount(ctx, shopper.id)).toBe('GOLD');
  it.app.clock.advance(1);
  await countDueTiers(ctx);
  expect(await tierOfAccount(ctx, shopper.id)).toBe('SILVER');
  // To the date of the second purchase, of a leap year.
  it.app.clock.advance(101 * DAY);
  await countDueTiers(ctx);
  await countDueTiers(ctx);
  expect(await tierOfAccount(ctx, shopper.id)).toBeNull();
  expect(await tierChanges(ctx, shopper.id)).toEqual([
    '-SILVER PURCHASE',
    'SILVER-GOLD PURCHASE',
    'GOLD-SILVER TIME',
    'SILVER- TIME',
  ]);
});

test('a merge counts the purchases of both, its undoing gives each their own tier back', async () => {
  const { ctx, buy, shopper } = await aShopWithTiers();
  const other = await aShopper(ctx);
  await buy(shopper.phone, 12_000);
  await buy(other.phone, 18_000);
  const { mergeId } = await merge(ctx, shopper.id, other.id);
  expect(await tierOfAccount(ctx, shopper.id)).toBe('GOLD');
  await buy(other.phone, 1_000);
  await undo(ctx, mergeId);
  expect([await tierOfAccount(ctx, shopper.id), await tierOfAccount(ctx, other.id)]).toEqual([
    'SILVER',
    'SILVER',
  ]);
  expect((await tierChanges(ctx, shopper.id)).slice(1)).toEqual(['SILVER-GOLD MERGE', 'GOLD-SILVER UNMERGE']);
});

test('a ladder that begins counts everybody by what they bought before; one that changes counts them anew', async () => {
  const { ctx, shop, buy, shopper } = await aShopWithTiers({ ...presetSettings.tiers });
  await buy(shopper.phone, 15_000);
  expect(await tierOfAccount(ctx, shopper.id)).toBeNull();
  const publish = async (tiers: TierLadder) => {
    it.app.clock.advance(1_000);
    await publishProgramVersion(ctx, { programId: shop.programId, settings: { ...presetSettings, tiers } });
    await drain();
    await runTasks(ctx);
  };
  await publish(aLadder());
  expect(await tierOfAccount(ctx, shopper.id)).toBe('SILVER');
  await publish(aLadder({ levels: [aLevel('SILVER', 5_000), aLevel('GOLD', 15_000)] }));
  expect(await tierOfAccount(ctx, shopper.id)).toBe('GOLD');
  const started = async () =>
    ctx.sql.selectFrom('task').select('id').where('kind', '=', 'loyalty.recount-tiers').execute();
  const before = (await started()).length;
  await publish(aLadder({ levels: [aLevel('SILVER', 5_000), aLevel('GOLD', 15_000)] }));
  expect(await started()).toHaveLength(before);
});

test('a ladder of tomorrow is counted tomorrow', async () => {
  const { ctx, shop, buy, shopper } = await aShopWithTiers();
  await buy(shopper.phone, 15_000);
  const levels = [aLevel('SILVER', 5_000), aLevel('GOLD', 15_000)];
  const validFrom = new Date(ctx.clock.now().getTime() + DAY);
  await publishProgramVersion(ctx, {
    programId: shop.programId,
    settings: { ...presetSettings, tiers: aLadder({ levels }) },
    validFrom,
  });
  await drain();
  await runTasks(ctx);
  expect(await tierOfAccount(ctx, shopper.id)).toBe('SILVER');
  it.app.clock.advance(DAY);
  await countDueTiers(ctx);
  expect(await tierOfAccount(ctx, shopper.id)).toBe('GOLD');
});

test('purchases, returns, time and merges in any order: the tier is what counting from scratch says', async () => {
  const { ctx, shop, buy, bringBack } = await aShopWithTiers(aLadder({ keepDays: 60 }));
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('BUY' as const),
      who: fc.nat(2),
      roubles: fc.integer({ min: 1, max: 20_000 }),
    }),
    fc.record({ kind: fc.constant('RETURN' as const), which: fc.nat(9) }),
    fc.record({ kind: fc.constant('WAIT' as const), days: fc.integer({ min: 1, max: 200 }) }),
    fc.record({ kind: fc.constant('MERGE' as const), who: fc.nat(2), into: fc.nat(2) }),
    fc.record({ kind: fc.constant('UNDO' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const people = [await aShopper(ctx), await aShopper(ctx), await aShopper(ctx)];
      const orders: string[] = [];
      const merges: { id: string; into: number; who: number }[] = [];
      const gone = new Set<number>();
      for (const one of steps) {
        if (one.kind === 'BUY') orders.push(await buy(people[one.who]?.phone ?? '', one.roubles));
        else if (one.kind === 'WAIT') {
          it.app.clock.advance(one.days * DAY);
          await countDueTiers(ctx);
        } else if (one.kind === 'RETURN') {
          const [order] = orders.splice(one.which, 1);
          if (order !== undefined) await bringBack(order);
        } else if (one.kind === 'MERGE') {
          const { who, into } = one;
          if (who === into || gone.has(who) || gone.has(into)) continue;
          const merged = await merge(ctx, people[into]?.id ?? '', people[who]?.id ?? '');
          merges.push({ id: merged.mergeId, into, who });
          gone.add(who);
        } else {
          const last = merges.pop();
          if (last === undefined) continue;
          await undo(ctx, last.id, { whatRemains: true });
          gone.delete(last.who);
        }
      }
      const program = await findProgram(ctx, shop.programId);
      if (program === null) throw new Error('the program is gone');
      for (const { id } of people.filter((_, index) => !gone.has(index))) {
        const purchases = (await PURCHASE_HISTORY.purchasesOf(ctx, [id])).map((one) => ({
          ...one,
          at: one.occurredAt.getTime(),
        }));
        const facts = { purchases, ladders: laddersOf(program), floor: null };
        expect(await tierOfAccount(ctx, id)).toBe(tierAt(facts, ctx.clock.now().getTime()).tier);
      }
      // Counting all anew changes nothing.
      expect((await recountTiers(ctx, shop.programId, PURCHASE_HISTORY)).changed).toBe(0);
    }),
    { numRuns: 25 },
  );
}, 120_000);

const ACCOUNT = `query ($ref: ProfileRef!) { profile(ref: $ref) { accounts { program { id } tier { code name }
  tierProgress { current { code } since next { code name } missing { amount currency } missingPoints keptUntil
    fallsTo { code } floor { code } basis window spent { amount currency } points }
  actions { points } } } }`;

test('what is missing to the next tier, and how long the present one is kept, through the API', async () => {
  const { ctx, shop, buy, shopper } = await aShopWithTiers();
  await buy(shopper.phone, 28_760);
  const { session } = await aSession(ctx, ['SUPPORT']);
  const read = async () => {
    const { data, errors } = await it.app.graphql({
      query: ACCOUNT,
      variables: { ref: { id: globalId('Profile', shopper.id) } },
      session,
    });
    expect(errors).toBeUndefined();
    const profile = data?.['profile'] as { accounts: { program: { id: string } }[] } | undefined;
    return profile?.accounts.find(({ program }) => program.id === globalId('Program', shop.programId));
  };
  const now = ctx.clock.now();
  const later = new Date(now);
  later.setUTCFullYear(later.getUTCFullYear() + 1);
  const silver = { code: 'SILVER' };
  expect(await read()).toMatchObject({
    tier: { code: 'SILVER', name: 'silver' },
    tierProgress: {
      current: silver,
      since: now.toISOString(),
      next: { code: 'GOLD', name: 'gold' },
      missing: { amount: '1240.00', currency: 'RUB' },
      missingPoints: null,
      keptUntil: later.toISOString(),
      fallsTo: null,
      floor: null,
      basis: 'SPEND',
      window: 'LAST_12_MONTHS',
      spent: [{ amount: '28760.00', currency: 'RUB' }],
      points: 861,
    },
    actions: [],
  });
});

const FLOOR = `mutation ($input: SetTierFloorInput!) { result: setTierFloor(input: $input) { __typename
  ... on TierFloorSet { account { tier { code } tierProgress { floor { code } } } }
  ... on InvalidInput { problems { path code } } } }`;

test('staff set a floor with a reason; it is audited, and repeated requests are answered as before', async () => {
  const { ctx, shop, shopper } = await aShopWithTiers();
  const { session } = await aSession(ctx, ['SUPPORT']);
  const set = async (facts: Record<string, unknown>, as = session) => {
    const input = {
      requestId: newId(),
      profile: { id: globalId('Profile', shopper.id) },
      programId: globalId('Program', shop.programId),
      reason: 'a friend of the house',
      ...facts,
    };
    return it.app.graphql<{ result: unknown }>({ query: FLOOR, variables: { input }, session: as });
  };
  const requestId = newId();
  for (let times = 0; times < 2; times += 1)
    expect((await set({ requestId, tier: 'GOLD' })).data?.result).toEqual({
      __typename: 'TierFloorSet',
      account: { tier: { code: 'GOLD' }, tierProgress: { floor: { code: 'GOLD' } } },
    });
  expect(await tierChanges(ctx, shopper.id)).toEqual(['-GOLD FLOOR']);
  const audited = await ctx.sql
    .selectFrom('audit_entry')
    .select('facts')
    .where('action', '=', 'tier.floor-set')
    .where('subject', '=', `profile:${shopper.id}`)
    .execute();
  expect(audited).toMatchObject([
    { facts: { before: null, after: 'GOLD', reason: 'a friend of the house' } },
  ]);
  expect((await set({ tier: 'PLATINUM' })).data?.result).toMatchObject({ problems: [{ path: ['tier'] }] });
  expect((await set({ tier: 'SILVER', reason: ' ' })).data?.result).toMatchObject({
    problems: [{ path: ['reason'], code: 'REQUIRED' }],
  });
  const analyst = await aSession(ctx, ['ANALYST']);
  expect((await set({ tier: 'SILVER' }, analyst.session)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  await set({ tier: null });
  expect(await tierOfAccount(ctx, shopper.id)).toBeNull();
});

test('imported purchases tell nobody of themselves: tiers are counted when the file is in', async () => {
  const { ctx, partner, shop, shopper } = await aShopWithTiers();
  const lines = [{ sku: 'goods', quantity: '1', unitPrice: '12000.00' }];
  const occurredAt = ctx.clock.now();
  await record(partner, 'file', aRecord(shop, { occurredAt, profile: { phone: shopper.phone }, lines }));
  // As an import leaves it: the purchase is there, its event is not.
  await ctx.sql.deleteFrom('outbox_event').where('kind', '=', 'order.committed').execute();
  await drain();
  expect(await tierOfAccount(ctx, shopper.id)).toBeNull();
  await writeEvent(ctx, { kind: 'orders.imported', profileId: null, payload: { source: 'file' } });
  await drain();
  await runTasks(ctx);
  expect(await tierOfAccount(ctx, shopper.id)).toBe('SILVER');
});
