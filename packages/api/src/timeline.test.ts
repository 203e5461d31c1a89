import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { globalId } from './platform/graphql/global-id.ts';
import { aCashier, aKey, asActor } from './testing/company.builders.ts';
import { useTestApp } from './testing/create-test-app.ts';
import { aShop } from './testing/orders.builders.ts';
import { aShopper } from './testing/profiles.builders.ts';
import { aRecord, record } from './testing/records.builders.ts';
import { ask } from './testing/shopper-operations.ts';
import { aSession } from './testing/staff.builders.ts';

const it = useTestApp();

const TIMELINE = `query ($id: ID!, $kinds: [TimelineKind!], $first: Int, $after: String) { node(id: $id) { ... on Profile {
  timeline(kinds: $kinds, first: $first, after: $after) { pageInfo { hasNextPage endCursor }
    edges { node { id kind at facts } } } } } }`;

interface Entry {
  id: string;
  kind: string;
  at: string;
  facts: Record<string, unknown>;
}

interface Timeline {
  node: {
    timeline: { pageInfo: { hasNextPage: boolean; endCursor: string }; edges: { node: Entry }[] };
  };
}

async function read(session: string, variables: Record<string, unknown>) {
  const { data, errors } = await it.app.graphql<Timeline>({ query: TIMELINE, variables, session });
  if (!data) throw new Error(JSON.stringify(errors));
  const { edges, pageInfo } = data.node.timeline;
  return { entries: edges.map(({ node }) => node), pageInfo };
}

async function aShopperWhoBought() {
  const ctx = it.app.context();
  const shop = await aShop(ctx);
  const shopper = await aShopper(ctx);
  const key = await aKey(ctx);
  const partner = asActor(ctx, key.actor);
  const buy = () => record(partner, 'web', aRecord(shop, { profile: { phone: shopper.phone } }));
  return { ctx, shop, shopper, key, partner, buy, id: globalId('Profile', shopper.id) };
}

test('purchases, points, edits and code checks in order of time, by kind where asked', async () => {
  const { ctx, shopper, key, buy, id } = await aShopperWhoBought();
  await buy();
  it.app.clock.advance(60_000);
  await ask(it.app, key.token, 'upsert', {
    source: 'crm',
    profiles: [{ phones: [shopper.phone], givenName: 'Анна', attributes: { size: 'M' } }],
  });
  it.app.clock.advance(60_000);
  const cashier = await aCashier(ctx);
  await ask(it.app, cashier.token, 'identify', { phone: shopper.phone });
  const { session } = await aSession(ctx, ['SUPPORT']);
  const { entries } = await read(session, { id });
  expect(entries.map(({ kind }) => kind)).toEqual(['CODE', 'EDIT', 'POINTS', 'ORDER']);
  expect(entries.map(({ facts }) => facts)).toMatchObject([
    { purpose: 'SIGN_IN', channel: 'SMS', confirmed: false, expired: false },
    { fields: ['givenName', 'attributes.size'], source: 'crm' },
    { journal: 'EARN', points: 30 },
    { state: 'COMMITTED', toPay: 100_000, currency: 'RUB', pointsEarned: 30, storeName: expect.any(String) },
  ]);
  const only = await read(session, { id, kinds: ['ORDER', 'CODE'] });
  expect(only.entries.map(({ kind }) => kind)).toEqual(['CODE', 'ORDER']);
});

test('pages over many entries of one moment miss nothing and repeat nothing', async () => {
  const { ctx, shopper, buy, id } = await aShopperWhoBought();
  for (let count = 0; count < 3; count += 1) await buy();
  const twin = await aShopper(ctx);
  await sql`insert into public.profile_change (profile_id, id, at, fields, source, actor_kind, actor_id)
    select case when n % 2 = 0 then ${shopper.id}::uuid else ${twin.id}::uuid end, uuidv7(), ${ctx.clock.now()},
      array['givenName'], 'crm', 'KEY', 'x' from generate_series(1, 25) n`.execute(ctx.sql);
  await ctx.sql.updateTable('profile').set({ merged_into: shopper.id }).where('id', '=', twin.id).execute();
  const { session } = await aSession(ctx, ['OWNER']);
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof read>> = await read(session, { id, first: 4, after });
    expect(page.entries.length).toBeLessThanOrEqual(4);
    seen.push(...page.entries.map((entry) => `${entry.kind} ${entry.id}`));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  expect(seen.length).toBe(3 + 3 + 25);
  expect(new Set(seen).size).toBe(seen.length);
});

test('staff of a store see purchases of their stores; a till sees no timeline', async () => {
  const { ctx, shop, buy, id } = await aShopperWhoBought();
  await buy();
  const other = await aShop(ctx);
  const kinds = async (storeId: string) => {
    const { session } = await aSession(ctx, ['STORE_MANAGER'], { storeIds: [storeId] });
    return (await read(session, { id, kinds: ['ORDER'] })).entries.length;
  };
  expect(await kinds(shop.storeId)).toBe(1);
  expect(await kinds(other.storeId)).toBe(0);
  const { token } = await aCashier(ctx);
  const { errors } = await it.app.graphql({ query: TIMELINE, variables: { id }, token });
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

test('a page costs the same statements whatever it holds', async () => {
  const { ctx, buy, id } = await aShopperWhoBought();
  const { session } = await aSession(ctx, ['OWNER']);
  const count = async () => {
    const { pool } = it.app.database;
    let statements = 0;
    const query = pool.connect.bind(pool);
    Object.assign(pool, {
      connect: async (...args: []) => {
        statements += 1;
        return query(...args);
      },
    });
    await read(session, { id, first: 50 });
    Object.assign(pool, { connect: query });
    return statements;
  };
  await buy();
  await count();
  const few = await count();
  for (let more = 0; more < 10; more += 1) await buy();
  expect(await count()).toBe(few);
});
