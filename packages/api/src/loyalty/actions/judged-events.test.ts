import { presetSettings } from '@clientele/shared/receipt';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { recordEvents } from '../../activity/index.ts';
import { upsertProfiles } from '../../profiles/index.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { anAction, enrolAt, grantsOf, theOnlyShop } from '../../testing/actions.builders.ts';
import { anEvent, recordAs } from '../../testing/activity.builders.ts';
import { asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { tellEvents } from '../../testing/events.builders.ts';
import { ledgerViolations } from '../../testing/loyalty.builders.ts';
import { balanceOf } from '../../testing/orders.builders.ts';
import { aPhone, aShopper } from '../../testing/profiles.builders.ts';
import { aRecord, record } from '../../testing/records.builders.ts';
import { publishProgramVersion } from '../index.ts';
import { allPrograms } from '../program/programs.ts';
import { grantAction } from './grant-action.ts';

const it = useTestApp();
const DAY = 86_400_000;

const quiz = (facts: Parameters<typeof anAction>[0] | object = {}) =>
  anAction({ on: 'EVENT', event: 'QUIZ', code: 'quiz', points: 10, ...facts });

async function did(...events: ReturnType<typeof anEvent>[]) {
  const results = await recordAs(it.app.context(), newId(), ...events);
  await tellEvents(it.app);
  return results;
}

const told = (shopper: { phone: string }, properties = {}, facts = {}) =>
  anEvent(it.app.context(), { kind: 'QUIZ', profile: { phone: shopper.phone }, properties, ...facts });

test('events side by side keep within the limits of rule, shopper and program', async () => {
  const ctx = it.app.context();
  const shop = await theOnlyShop(ctx, {
    actions: [quiz({ atMost: [{ times: 3, window: { kind: 'DAY' } }] })],
    earningLimits: [
      { code: 'rule', scope: 'RULE', rule: 'quiz', window: 'WEEK', max: 25 },
      { code: 'all', scope: 'PROGRAM', window: 'DAY', max: 60 },
    ],
  });
  const shoppers = await Promise.all(Array.from({ length: 4 }, () => aShopper(ctx)));
  const [program] = (await allPrograms(ctx)).filter(({ id }) => id === shop.programId);
  if (program === undefined) throw new Error('there is no program');
  const at = ctx.clock.now();
  const [rule] = program.versions[0]?.settings.actions ?? [];
  if (rule === undefined) throw new Error('there is no rule');
  // Each in a connection of its own, ten times the same event and ten others for each shopper.
  const outcomes = await Promise.all(
    shoppers.flatMap(({ id: profileId }) =>
      Array.from({ length: 20 }, (_, index) =>
        grantAction(it.app.context(), {
          program,
          rule,
          profileId,
          refused: null,
          event: {
            on: ['EVENT'],
            key: index < 10 ? 'one' : `other ${index}`,
            profileId,
            brandId: null,
            occurredAt: at,
            kind: 'QUIZ',
            properties: {},
          },
        }),
      ),
    ),
  );
  expect(outcomes.filter((outcome) => outcome !== null)).toHaveLength(4 * 11);
  const balances = await Promise.all(shoppers.map(async ({ id }) => (await balanceOf(ctx, shop, id)).active));
  expect(balances.every((points) => points <= 25)).toBe(true);
  expect(balances.reduce((sum, points) => sum + points, 0)).toBe(60);
  const reasons = outcomes.flatMap((outcome) => (outcome?.reason ? [outcome.reason] : []));
  expect(new Set(reasons)).toEqual(new Set(['LIMIT', 'AT_MOST']));
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
});

test('one event is judged once, however often it is told', async () => {
  const ctx = it.app.context();
  const shop = await theOnlyShop(ctx, { actions: [quiz()] });
  const shopper = await aShopper(ctx);
  await did(told(shopper));
  await sql`update outbox_event set published_at = null`.execute(ctx.sql);
  await sql`delete from outbox_delivery`.execute(ctx.sql);
  await tellEvents(it.app);
  expect((await balanceOf(ctx, shop, shopper.id)).active).toBe(10);
});

test('a rule asks for properties of the event, for tags of the shopper, and freezes what it grants', async () => {
  const ctx = it.app.context();
  const shop = await theOnlyShop(ctx, {
    actions: [
      quiz({ where: { passed: ['true', 'yes'] }, freezeDays: 3, ttlDays: 30 }),
      quiz({ code: 'friends', points: 7, match: { shopperTags: ['friend'] } }),
    ],
  });
  const shopper = await aShopper(ctx);
  await did(told(shopper, { passed: false }), told(shopper), told(shopper, { passed: true }));
  expect(await balanceOf(ctx, shop, shopper.id)).toMatchObject({ active: 0, pending: 10 });
  expect((await grantsOf(ctx, shopper.id)).toSorted()).toEqual([
    'friends 0 AUDIENCE',
    'friends 0 AUDIENCE',
    'friends 0 AUDIENCE',
    'quiz 10',
  ]);
  const lot = await ctx.sql
    .selectFrom('lot')
    .select(['source', 'rule_id', 'activate_at', 'expire_at'])
    .where('profile_id', '=', shopper.id)
    .executeTakeFirstOrThrow();
  expect(lot).toEqual({
    source: 'EVENT',
    rule_id: 'quiz',
    activate_at: new Date('2026-11-25T08:00:00Z'),
    expire_at: new Date('2026-12-25T20:59:59Z'),
  });
  await ctx.sql
    .updateTable('profile')
    .set({ tags: ['friend'] })
    .where('id', '=', shopper.id)
    .execute();
  await did(told(shopper));
  expect((await balanceOf(ctx, shop, shopper.id)).active).toBe(7);
});

test('rules are those of the moment it happened, not of the moment it was told', async () => {
  const ctx = it.app.context();
  const shop = await theOnlyShop(ctx, { actions: [quiz()] });
  const shopper = await aShopper(ctx);
  const before = ctx.clock.now();
  it.app.clock.advance(DAY);
  await publishProgramVersion(ctx, {
    programId: shop.programId,
    settings: { ...presetSettings, actions: [quiz({ points: 3 })] },
  });
  await did(told(shopper, {}, { occurredAt: before }), told(shopper, {}, { occurredAt: ctx.clock.now() }));
  expect((await grantsOf(ctx, shopper.id)).toSorted()).toEqual(['quiz 10', 'quiz 3']);
});

test('who invites is thanked once for each friend, the friend once; nobody invites themselves', async () => {
  const ctx = it.app.context();
  const referral = (to: 'REFERRER' | 'FRIEND', points: number) =>
    anAction({ on: 'REFERRAL', code: to, to, points, once: 'PROPERTY', property: 'referrer' });
  const shop = await theOnlyShop(ctx, { actions: [referral('REFERRER', 300), referral('FRIEND', 50)] });
  const [referrer, one, two] = [
    await aShopper(ctx, { card: `C${newId()}` }),
    await aShopper(ctx),
    await aShopper(ctx),
  ];
  const invited = (friend: { phone: string }, by: string) =>
    anEvent(ctx, { kind: 'REFERRAL', profile: { phone: friend.phone }, properties: { referrer: by } });
  await did(
    invited(one, referrer.phone),
    invited(one, globalId('Profile', referrer.id)),
    invited(two, referrer.phone),
    invited(referrer, referrer.phone),
    invited(two, '+79990000000'),
  );
  const points = async (id: string) => (await balanceOf(ctx, shop, id)).active;
  expect([await points(referrer.id), await points(one.id), await points(two.id)]).toEqual([600, 50, 50]);
  expect((await grantsOf(ctx, referrer.id)).filter((grant) => grant.includes('SELF'))).toHaveLength(2);
});

test('a visitor nobody knows, an imported past and a program that is off bring nothing', async () => {
  const ctx = it.app.context();
  await theOnlyShop(ctx, { actions: [quiz()] });
  const shopper = await aShopper(ctx);
  await did(anEvent(ctx, { kind: 'QUIZ', deviceId: 'somebody' }));
  await recordEvents(asSystem(ctx), { source: newId(), batchId: newId(), events: [told(shopper)] });
  await tellEvents(it.app);
  expect(await grantsOf(ctx, shopper.id)).toEqual([]);
  const rows = await ctx.sql
    .selectFrom('outbox_event')
    .select('id')
    .where('kind', '=', 'event.recorded')
    .execute();
  await theOnlyShop(ctx, {});
  await did(told(shopper));
  const now = await ctx.sql
    .selectFrom('outbox_event')
    .select('id')
    .where('kind', '=', 'event.recorded')
    .execute();
  expect(now).toHaveLength(rows.length);
});

test('people become members at a till or by the API, once; by a purchase they are only known', async () => {
  const ctx = it.app.context();
  const shop = await theOnlyShop(ctx, {
    actions: [anAction({ on: 'ENROLMENT', code: 'welcome', points: 200 })],
  });
  const partner = asSystem(ctx);
  const { results } = await upsertProfiles(partner, {
    requestId: null,
    source: 'site',
    profiles: [{ externalId: newId(), phones: [aPhone()] }],
  });
  await tellEvents(it.app);
  expect(await grantsOf(ctx, results[0]?.profileId ?? '')).toEqual(['welcome 200']);
  const phone = aPhone();
  await record(partner, 'site', aRecord(shop, { profile: { phone } }));
  await tellEvents(it.app);
  const buyer = await enrolAt(it.app, shop, phone);
  expect(await grantsOf(ctx, buyer)).toEqual(['welcome 200']);
});

test('points of an action are whole and positive', async () => {
  const ctx = it.app.context();
  const shop = await theOnlyShop(ctx, {});
  for (const points of [0, -1, 1.5, 2 ** 31, Number.MAX_SAFE_INTEGER, Number.NaN, '10']) {
    const settings = { ...presetSettings, actions: [quiz({ points: points as number })] };
    await expect(publishProgramVersion(ctx, { programId: shop.programId, settings })).rejects.toMatchObject({
      problems: [{ path: ['settings', 'actions', '0', 'points'] }],
    });
  }
});
