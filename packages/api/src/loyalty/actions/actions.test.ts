import { expect, test } from 'vitest';
import { recordCustomerConsents } from '../../profiles/index.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { anAction, E12_ACTIONS, enrolAt, grantsOf, theOnlyShop } from '../../testing/actions.builders.ts';
import { anEvent, recordAs } from '../../testing/activity.builders.ts';
import { aKey, asActor } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { tellEvents } from '../../testing/events.builders.ts';
import { ledgerViolations } from '../../testing/loyalty.builders.ts';
import { merge, previewOrder, undo } from '../../testing/merges.builders.ts';
import { aDraft, aLine, atTill, aVisit, balanceOf, type Shop } from '../../testing/orders.builders.ts';
import { aConsentText, aPhone, aShopper } from '../../testing/profiles.builders.ts';
import { aRecord, record } from '../../testing/records.builders.ts';

const it = useTestApp();

const drain = () => tellEvents(it.app);

const review = (profileId: string) =>
  anEvent(it.app.context(), { kind: 'REVIEW_APPROVED', profile: { id: globalId('Profile', profileId) } });

async function did(source: string, ...events: ReturnType<typeof anEvent>[]) {
  await recordAs(it.app.context(), source, ...events);
  await drain();
}

const balance = async (shop: Shop, id: string) => (await balanceOf(it.app.context(), shop, id)).active;

test('E12: welcome once, whoever confirms again', async () => {
  const shop = await theOnlyShop(it.app.context(), { actions: E12_ACTIONS });
  const phone = aPhone();
  const shopper = await enrolAt(it.app, shop, phone);
  expect(await balance(shop, shopper)).toBe(200);
  it.app.clock.advance(120_000);
  expect(await enrolAt(it.app, shop, phone)).toBe(shopper);
  expect(await balance(shop, shopper)).toBe(200);
  expect(await grantsOf(it.app.context(), shopper)).toEqual(['welcome 200']);
});

test('E12: two reviews in a day bring 50, four in a month 150', async () => {
  const ctx = it.app.context();
  const shop = await theOnlyShop(it.app.context(), { actions: E12_ACTIONS });
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
  const shop = await theOnlyShop(it.app.context(), { actions: E12_ACTIONS });
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
  const shop = await theOnlyShop(it.app.context(), { actions: E12_ACTIONS });
  const shopper = await aShopper(ctx);
  const link = (network: string) =>
    anEvent(ctx, { kind: 'SOCIAL_LINK', profile: { phone: shopper.phone }, properties: { network } });
  await did(newId(), link('vk'), link('ok'), link('vk'));
  expect(await balance(shop, shopper.id)).toBe(200);
  expect((await grantsOf(ctx, shopper.id)).toSorted()).toEqual(['social 0 ONCE', 'social 100', 'social 100']);
});

test('E12: of two people with a welcome one is kept; undone, each has its own again', async () => {
  const ctx = it.app.context();
  const shop = await theOnlyShop(it.app.context(), { actions: E12_ACTIONS });
  const survivor = await enrolAt(it.app, shop);
  const other = await enrolAt(it.app, shop);
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
  const shop = await theOnlyShop(it.app.context(), {
    actions: [anAction({ on: 'EVENT', event: 'QUIZ', code: 'quiz', points: 150 })],
    earningLimits: [{ code: 'cap', scope: 'PROGRAM', window: 'DAY', max: 500 }],
  });
  const shopper = await aShopper(ctx);
  const quiz = () => anEvent(ctx, { kind: 'QUIZ', profile: { phone: shopper.phone } });
  await did(newId(), quiz(), quiz(), quiz());
  expect(await balance(shop, shopper.id)).toBe(450);
  const till = await atTill(ctx, shop);
  const quote = await previewOrder(
    till,
    aDraft({
      shopper: { visitId: await aVisit(till, shopper.id) },
      lines: [aLine({ unitPrice: '4000.00' })],
    }),
  );
  expect(quote.quote.earning).toMatchObject({
    points: 50,
    cuts: [{ limit: 'cap', rule: 'purchase', points: 70 }],
  });
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
