import { expect, test } from 'vitest';
import { asActor, asSystem } from '../testing/company.builders.ts';
import { useTestApp } from '../testing/create-test-app.ts';
import { aSession, staffActor } from '../testing/staff.builders.ts';
import { aMember, aShop } from '../testing/orders.builders.ts';
import { aRecord, record } from '../testing/records.builders.ts';
import { globalId } from '../platform/graphql/global-id.ts';
import { homeFigures } from './index.ts';

// Sunday noon in Moscow.
const it = useTestApp({ now: '2026-11-22T09:00:00Z' });
const EVERYWHERE = { brandId: null, storeId: null };

test('today so far against the same part of the same weekday a week ago, of the stores a person sees', async () => {
  const ctx = asSystem(it.app.context());
  const shop = await aShop(ctx);
  const profileId = globalId('Profile', await aMember(ctx, shop));
  const at = (time: string, known = false) =>
    aRecord(shop, { occurredAt: new Date(time), ...(known ? { profile: { id: profileId } } : {}) });
  await record(
    ctx,
    'site',
    // Midnight in Moscow was at nine in the evening, UTC.
    at('2026-11-21T20:59:59Z', true),
    at('2026-11-21T21:00:00Z', true),
    at('2026-11-22T08:59:00Z', true),
    at('2026-11-22T08:00:00Z'),
    at('2026-11-15T08:00:00Z', true),
    at('2026-11-15T09:00:01Z', true),
  );
  const manager = asActor(ctx, await staffActor(ctx, ['STORE_MANAGER'], { storeIds: [shop.storeId] }));
  const figures = await homeFigures(manager, EVERYWHERE);
  expect(figures).toMatchObject({
    today: {
      receipts: 3,
      identified: 2,
      shoppers: 1,
      pointsSpent: 0,
      paid: [{ currency: 'RUB', amount: 300_000 }],
    },
    weekAgo: { receipts: 1, identified: 1, shoppers: 1, paid: [{ currency: 'RUB', amount: 100_000 }] },
    activeShoppers: 1,
    activeShoppersWeekAgo: 1,
    liability: null,
  });
  expect(figures.today.pointsEarned).toBe(2 * figures.weekAgo.pointsEarned);
  expect(figures.weekAgo.pointsEarned).toBeGreaterThan(0);
  const stranger = asActor(
    ctx,
    await staffActor(ctx, ['STORE_MANAGER'], { storeIds: [(await aShop(ctx)).storeId] }),
  );
  expect((await homeFigures(stranger, { ...EVERYWHERE, storeId: shop.storeId })).today.receipts).toBe(0);
});

test('who may not read orders gets no figures, and only the owner the checklist', async () => {
  const ctx = it.app.context();
  const ask = async (roles: Parameters<typeof aSession>[1], query: string) => {
    const { session } = await aSession(ctx, roles);
    const { errors } = await it.app.graphql({ query, session });
    return errors?.[0]?.extensions.code ?? 'OK';
  };
  expect(await ask(['INTEGRATOR'], '{ homeFigures { at } }')).toBe('FORBIDDEN');
  expect(await ask(['ANALYST'], '{ homeFigures { at liability { points } } }')).toBe('OK');
  expect(await ask(['MARKETER'], '{ launchChecks { code } }')).toBe('FORBIDDEN');
  expect(await ask(['SALES_ASSISTANT'], '{ attention { code } }')).toBe('OK');
});

test('the checklist looks at what there is; backups are done when somebody says so', async () => {
  const ctx = asSystem(it.app.context());
  await aShop(ctx);
  const { session } = await aSession(ctx, ['OWNER'], { name: 'Ольга' });
  const { data } = await it.app.graphql<{ launchChecks: { code: string; state: string }[] }>({
    query: '{ launchChecks { code state } }',
    session,
  });
  const states = Object.fromEntries(data?.launchChecks.map(({ code, state }) => [code, state]) ?? []);
  expect(states).toMatchObject({ sms: 'WARN', mail: 'DONE', backups: 'TODO' });
  const confirmed = await it.app.graphql<{ confirmBackups: { code: string; facts: unknown }[] }>({
    query: 'mutation { confirmBackups { code facts } }',
    session,
  });
  expect(confirmed.data?.confirmBackups.find(({ code }) => code === 'backups')?.facts).toEqual({
    at: it.app.clock.now().toISOString(),
    by: 'Ольга',
  });
});

test('what needs a look is told to who may do something about it', async () => {
  const ctx = asSystem(it.app.context());
  const shop = await aShop(ctx);
  await ctx.sql
    .insertInto('incident')
    .values({
      profile_id: await aMember(ctx, shop),
      id: '01938f6e-0000-7000-8000-000000000000',
      kind: 'LATE_COMMIT_OVERDRAFT',
      order_id: null,
      facts: {},
      occurred_at: ctx.clock.now(),
      closed_at: null,
      closed_by: null,
    })
    .execute();
  const seenBy = async (roles: Parameters<typeof aSession>[1]) => {
    const { session } = await aSession(ctx, roles);
    const { data } = await it.app.graphql<{ attention: { code: string; count: number; severity: string }[] }>(
      {
        query: '{ attention { code count severity } }',
        session,
      },
    );
    return data?.attention.filter(({ code }) => code === 'incidents.open');
  };
  expect(await seenBy(['SUPPORT'])).toEqual([{ code: 'incidents.open', count: 1, severity: 'WARN' }]);
  expect(await seenBy(['ANALYST'])).toEqual([]);
});
