import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { useContext } from '../../testing/use-context.ts';
import { grantOfferTo } from './grant-offer-to.ts';

const use = useContext();

interface Grant {
  state: string;
  orders: number;
}

/** A shopper with one promotion granted for some purchases. */
async function aGranted(facts: { uses?: number; validDays?: number | null; dedupeKey?: string } = {}) {
  const { ctx } = use;
  const { id: profileId } = await aShopper(ctx);
  const promotionId = newId();
  const grant = (more: typeof facts = facts) =>
    grantOfferTo(ctx, {
      profileId,
      promotionId,
      reason: null,
      validDays: more.validDays ?? 7,
      dedupeKey: more.dedupeKey ?? 'occasion',
      uses: more.uses ?? 1,
    });
  await grant();
  const now = () => ctx.clock.now();
  const call = async (text: ReturnType<typeof sql>) => {
    const { rows } = await sql<{ reply: unknown }>`select ${text} as reply`.execute(ctx.sql);
    return rows[0]?.reply;
  };
  return {
    grant,
    promotionId,
    open: () => call(sql`public.granted_offers(${profileId}, null, null, ${now()})`),
    redeem: (order: string) =>
      call(
        sql`public.redeem_offer_grants(${order}, ${profileId}, ${JSON.stringify([{ promotionId, title: '', granted: true }])}::jsonb, ${now()})`,
      ),
    free: (order: string) => call(sql`public.free_offer_grants(${order}, ${now()})::text`),
    states: async () => {
      const { rows } = await sql<Grant>`
        select state, cardinality(order_ids) as orders from offer_grant where profile_id = ${profileId}
        order by valid_to nulls last, id`.execute(ctx.sql);
      return rows;
    },
    told: async () => {
      const rows = await ctx.sql
        .selectFrom('outbox_event')
        .select('kind')
        .where('profile_id', '=', profileId)
        .where('kind', 'like', 'offer.%')
        .orderBy('position')
        .execute();
      return rows.map(({ kind }) => kind);
    },
  };
}

test('an occasion grants once, however often it is told', async () => {
  const shopper = await aGranted();
  expect(await shopper.grant()).toBe(false);
  expect(await shopper.open()).toEqual([shopper.promotionId]);
  expect(await shopper.told()).toEqual(['offer.granted']);
});

test('a purchase uses it once, a full return gives it back, and both may be told twice', async () => {
  const shopper = await aGranted();
  const order = newId();
  await shopper.redeem(order);
  await shopper.redeem(order);
  expect([await shopper.states(), await shopper.open()]).toEqual([[{ state: 'REDEEMED', orders: 1 }], []]);
  expect(await shopper.told()).toEqual(['offer.granted', 'offer.redeemed']);
  await shopper.free(order);
  await shopper.free(order);
  expect([await shopper.states(), await shopper.open()]).toEqual([
    [{ state: 'OPEN', orders: 0 }],
    [shopper.promotionId],
  ]);
});

test('one for two purchases is open after the first and used up by the second', async () => {
  const shopper = await aGranted({ uses: 2 });
  await shopper.redeem(newId());
  expect(await shopper.states()).toEqual([{ state: 'OPEN', orders: 1 }]);
  await shopper.redeem(newId());
  expect(await shopper.states()).toEqual([{ state: 'REDEEMED', orders: 2 }]);
});

test('of two the one that ends sooner goes first', async () => {
  const shopper = await aGranted({ validDays: 30, dedupeKey: 'review' });
  await shopper.grant({ validDays: 3, dedupeKey: 'birthday' });
  await shopper.redeem(newId());
  expect(await shopper.states()).toEqual([
    { state: 'REDEEMED', orders: 1 },
    { state: 'OPEN', orders: 0 },
  ]);
});

test('after its end it is open no more; a purchase quoted before is a fact and uses it all the same', async () => {
  const shopper = await aGranted({ validDays: 1 });
  use.ctx.clock.advance(86_400_000);
  expect(await shopper.open()).toEqual([]);
  await shopper.redeem(newId());
  expect(await shopper.states()).toEqual([{ state: 'REDEEMED', orders: 1 }]);
});
