import type { ProgramSettings } from '@clientele/shared/receipt';
import { expect, test } from 'vitest';
import { recordCustomerConsents } from '../../profiles/index.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { anAction, E12_ACTIONS, grantsOf } from '../../testing/actions.builders.ts';
import { anEvent, recordAs } from '../../testing/activity.builders.ts';
import { aCashier, aKey, asActor, aTill } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { tellEvents } from '../../testing/events.builders.ts';
import { aProgram, ledgerViolations } from '../../testing/loyalty.builders.ts';
import { merge, undo } from '../../testing/merges.builders.ts';
import { balanceOf, type Shop } from '../../testing/orders.builders.ts';
import { aConsentText, aPhone, aShopper, lastCode } from '../../testing/profiles.builders.ts';
import { aStore } from '../../testing/company.builders.ts';
import { aRecord, record } from '../../testing/records.builders.ts';
import { ask } from '../../testing/shopper-operations.ts';
import { setProgramMode } from '../index.ts';

const it = useTestApp();

const drain = () => tellEvents(it.app);

/** A shop whose program alone runs, so that events without a brand count in it only. */
async function aShopWith(settings: Partial<ProgramSettings>): Promise<Shop> {
  const ctx = it.app.context();
  for (const { id } of await ctx.sql.selectFrom('program').select('id').where('mode', '<>', 'OFF').execute())
    await setProgramMode(ctx, { programId: id, mode: 'OFF' });
  const store = await aStore(ctx);
  const programId = await aProgram(ctx, { brandId: store.brandId, settings });
  return { brandId: store.brandId, storeId: store.id, storeCode: store.code, programId, currency: 'RUB' };
}

async function enrolled(shop: Shop): Promise<string> {
  const ctx = it.app.context();
  const till = await aTill(ctx, { store: { id: shop.storeId, brandId: shop.brandId, code: shop.storeCode } });
  const { token } = await aCashier(ctx, { till });
  const { id } = await ask(it.app, token, 'identify', { phone: aPhone() });
  const localChallenge = Buffer.from(id, 'base64').toString().split(':')[1] ?? '';
  const code = await lastCode(ctx, localChallenge);
  const visit = await ask(it.app, token, 'confirm', { challengeId: id, code });
  await drain();
  const { id: profile } = visit['profile'] as { id: string };
  return Buffer.from(profile, 'base64').toString().split(':')[1] ?? '';
}

const review = (profileId: string) =>
  anEvent(it.app.context(), { kind: 'REVIEW_APPROVED', profile: { id: globalId('Profile', profileId) } });

async function did(source: string, ...events: ReturnType<typeof anEvent>[]) {
  await recordAs(it.app.context(), source, ...events);
  await drain();
}

const balance = async (shop: Shop, id: string) => (await balanceOf(it.app.context(), shop, id)).active;

test('E12: welcome once, whoever confirms again', async () => {
  const shop = await aShopWith({ actions: E12_ACTIONS });
  const shopper = await enrolled(shop);
  expect(await balance(shop, shopper)).toBe(200);
  expect(await grantsOf(it.app.context(), shopper)).toEqual(['welcome 200']);
});

test('E12: two reviews in a day bring 50, four in a month 150', async () => {
  const ctx = it.app.context();
  const shop = await aShopWith({ actions: E12_ACTIONS });
  const shopper = await aShopper(ctx);
  const source = newId();
  await did(source, review(shopper.id), review(shopper.id));
  expect(await balance(shop, shopper.id)).toBe(50);
  expect(await grantsOf(ctx, shopper.id)).toEqual(['review 50', 'review 0 AT_MOST']);
  for (const day of [1, 2, 3]) {
    it.app.clock.advance(86_400_000);
    await did(source, review(shopper.id));
    expect(await balance(shop, shopper.id)).toBe(Math.min(150, 50 + 50 * day));
  }
  expect((await grantsOf(ctx, shopper.id)).slice(2)).toEqual(['review 50', 'review 50', 'review 0 AT_MOST']);
});

test('E12: unsubscribing and subscribing again is still 100 in all', async () => {
  const ctx = it.app.context();
  const shop = await aShopWith({ actions: E12_ACTIONS });
  const shopper = await aShopper(ctx);
  const text = await aConsentText(ctx, { brandId: shop.brandId, purpose: 'ADVERTISING' });
  const told: number[] = [];
  for (const granted of [true, false, true]) {
    await recordCustomerConsents(ctx, {
      profileId: globalId('Profile', shopper.id),
      consents: [{ textId: globalId('ConsentText', text), granted }],
      note: 'by a call',
    });
    await drain();
    told.push(await balance(shop, shopper.id));
  }
  expect(told).toEqual([100, 100, 100]);
  expect(await grantsOf(ctx, shopper.id)).toEqual(['subscription 100', 'subscription 0 ONCE']);
});

test('E12: a social link once for each network', async () => {
  const ctx = it.app.context();
  const shop = await aShopWith({ actions: E12_ACTIONS });
  const shopper = await aShopper(ctx);
  const link = (network: string) =>
    anEvent(ctx, { kind: 'SOCIAL_LINK', profile: { phone: shopper.phone }, properties: { network } });
  await did(newId(), link('vk'), link('ok'), link('vk'));
  expect(await balance(shop, shopper.id)).toBe(200);
  expect((await grantsOf(ctx, shopper.id)).toSorted()).toEqual(['social 0 ONCE', 'social 100', 'social 100']);
});

test('E12: of two people with a welcome one is kept; undone, each has its own again', async () => {
  const ctx = it.app.context();
  const shop = await aShopWith({ actions: E12_ACTIONS });
  const survivor = await enrolled(shop);
  const other = await enrolled(shop);
  const { mergeId } = await merge(ctx, survivor, other);
  expect(await balance(shop, survivor)).toBe(200);
  expect(await grantsOf(ctx, other)).toEqual(['welcome 200 -200']);
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
  await undo(ctx, mergeId);
  expect([await balance(shop, survivor), await balance(shop, other)]).toEqual([200, 200]);
  expect(await grantsOf(ctx, other)).toEqual(['welcome 200']);
  const again = await merge(ctx, survivor, other);
  expect(await balance(shop, survivor)).toBe(200);
  await undo(ctx, again.mergeId);
  expect([await balance(shop, survivor), await balance(shop, other)]).toEqual([200, 200]);
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
});

test('E12: events of 450 under a limit of 500 a day leave 50 of a purchase of 120', async () => {
  const ctx = it.app.context();
  const shop = await aShopWith({
    actions: [anAction({ on: 'EVENT', event: 'QUIZ', code: 'quiz', points: 150 })],
    earningLimits: [{ code: 'cap', scope: 'PROGRAM', window: 'DAY', max: 500 }],
  });
  const shopper = await aShopper(ctx);
  const quiz = () => anEvent(ctx, { kind: 'QUIZ', profile: { phone: shopper.phone } });
  await did(newId(), quiz(), quiz(), quiz());
  expect(await balance(shop, shopper.id)).toBe(450);
  const { actor } = await aKey(ctx);
  const [bought] = await record(
    asActor(ctx, actor),
    'web',
    aRecord(shop, {
      occurredAt: ctx.clock.now(),
      profile: { phone: shopper.phone },
      lines: [{ sku: 'x', quantity: '1', unitPrice: '4000.00' }],
    }),
  );
  expect(bought?.status).toBe('CREATED');
  expect(await balanceOf(ctx, shop, shopper.id)).toMatchObject({ active: 450, pending: 50 });
  await did(newId(), quiz());
  expect(await grantsOf(ctx, shopper.id)).toEqual(['quiz 150', 'quiz 150', 'quiz 150', 'quiz 0 LIMIT cap']);
});
