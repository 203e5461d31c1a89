import type { PromotionRules } from '@clientele/shared/promotions';
import { expect, test } from 'vitest';
import { InvalidInput, VersionConflict } from '../../platform/errors.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { aBrand, aStore, asActor } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { refusal } from '../../testing/orders.builders.ts';
import { aPromotion, promotionRules } from '../../testing/promotions.builders.ts';
import { aSession, staffActor } from '../../testing/staff.builders.ts';
import { PromotionGroupInUse, PromotionStateRefused } from '../offers.errors.ts';
import { activePromotions } from './active-promotions.ts';
import { orderGroups, orderPromotions } from './groups/order-promotions.ts';
import { readGroups, readPromotions, readPromotionsById } from './read-promotions.ts';
import { readRevisions } from './revisions.ts';
import { changeGroup, createGroup, deleteGroup } from './groups/save-group.ts';
import { changePromotion, copyPromotion, createPromotion, restoreRevision } from './save-promotion.ts';
import { deletePromotion, setPromotionState } from './set-promotion-state.ts';

const it = useTestApp();

const CONTENT = { name: 'Обувь', title: 'Скидка на обувь', rules: promotionRules() };
const FIFTEEN: PromotionRules = promotionRules({ benefits: [{ kind: 'PERCENT', rateBp: 1_500 }] });

async function marketer(name = 'Марина') {
  const ctx = it.app.context();
  return asActor(ctx, await staffActor(ctx, ['MARKETER'], { name }));
}

async function row(id: string) {
  const [promotion] = await readPromotionsById(await marketer(), [id]);
  if (promotion === undefined) throw new Error('there is no such promotion');
  return promotion;
}

async function told(promotionId: string) {
  const events = await it.app
    .context()
    .sql.selectFrom('outbox_event')
    .select('payload')
    .where('kind', '=', 'promotion.changed')
    .orderBy('position')
    .execute();
  return events.map(({ payload }) => payload).filter((payload) => payload['promotionId'] === promotionId);
}

async function actionsOf(id: string) {
  const entries = await it.app
    .context()
    .sql.selectFrom('audit_entry')
    .select('action')
    .where('subject', '=', `promotion:${id}`)
    .orderBy('id')
    .execute();
  return entries.map(({ action }) => action);
}

test('a draft is met by nobody; published it holds at once, paused no more, ended for good', async () => {
  const ctx = await marketer();
  const brandId = await aBrand(ctx);
  const id = await createPromotion(ctx, { brandId, ...CONTENT });
  expect(await activePromotions(ctx, brandId)).toMatchObject({
    promotions: [],
    groups: [{ stacking: 'SEQUENTIAL' }],
  });
  await setPromotionState(ctx, { id, version: 1, state: 'LIVE' });
  const { groupId } = await row(id);
  expect((await activePromotions(ctx, brandId)).promotions).toEqual([
    { id, revision: 1, title: 'Скидка на обувь', groupId, priority: 1, rules: CONTENT.rules },
  ]);
  await setPromotionState(ctx, { id, version: 2, state: 'PAUSED' });
  expect((await activePromotions(ctx, brandId)).promotions).toEqual([]);
  await setPromotionState(ctx, { id, version: 3, state: 'LIVE' });
  await setPromotionState(ctx, { id, version: 4, state: 'ENDED' });
  expect((await activePromotions(ctx, brandId)).promotions).toEqual([]);
  expect(await refusal(setPromotionState(ctx, { id, version: 5, state: 'LIVE' }))).toBeInstanceOf(
    PromotionStateRefused,
  );
  expect(await told(id)).toEqual(
    ['LIVE', 'PAUSED', 'LIVE', 'ENDED'].map((state) => ({ promotionId: id, state, revision: 1 })),
  );
  expect(await actionsOf(id)).toEqual([
    'promotion.created',
    'promotion.published',
    'promotion.paused',
    'promotion.resumed',
    'promotion.ended',
  ]);
});

test('an edit of a live promotion is a new revision at once; the earlier one comes back as a newer', async () => {
  const ctx = await marketer();
  const brandId = await aBrand(ctx);
  const id = await aPromotion(ctx, { brandId });
  const { name, title } = await row(id);
  await changePromotion(ctx, { id, version: 2, name, title, rules: FIFTEEN });
  expect((await activePromotions(ctx, brandId)).promotions).toMatchObject([{ revision: 2, rules: FIFTEEN }]);
  await restoreRevision(ctx, { id, version: 3, revision: 1 });
  expect((await activePromotions(ctx, brandId)).promotions).toMatchObject([
    { revision: 3, rules: promotionRules() },
  ]);
  const revisions = await readRevisions(ctx, id);
  expect(revisions.map(({ number, authorName, changes }) => ({ number, authorName, changes }))).toEqual([
    {
      number: 3,
      authorName: 'Марина',
      changes: [{ path: ['rules', 'benefits', '0', 'rateBp'], before: 1_500, after: 1_000 }],
    },
    {
      number: 2,
      authorName: 'Марина',
      changes: [{ path: ['rules', 'benefits', '0', 'rateBp'], before: 1_000, after: 1_500 }],
    },
    { number: 1, authorName: null, changes: [] },
  ]);
});

test('a revision is never rewritten', async () => {
  const ctx = it.app.context();
  const id = await aPromotion(ctx, { brandId: await aBrand(ctx) });
  const rewrite = ctx.sql
    .updateTable('promotion_revision')
    .set({ title: 'Другое' })
    .where('promotion_id', '=', id)
    .execute();
  await expect(rewrite).rejects.toThrow('append-only');
});

test('the same again is no change; another name alone is no new revision', async () => {
  const ctx = await marketer();
  const brandId = await aBrand(ctx);
  const id = await createPromotion(ctx, { brandId, ...CONTENT });
  await changePromotion(ctx, { id, version: 1, ...CONTENT });
  expect(await row(id)).toMatchObject({ version: 1, revision: 1 });
  await changePromotion(ctx, { id, version: 1, ...CONTENT, name: 'Обувь, осень' });
  expect(await row(id)).toMatchObject({ version: 2, revision: 1, name: 'Обувь, осень' });
});

test('of two editors the later is told who was first', async () => {
  const ctx = await marketer();
  const id = await createPromotion(ctx, { brandId: await aBrand(ctx), ...CONTENT });
  await changePromotion(await marketer('Ольга'), { id, version: 1, ...CONTENT, rules: FIFTEEN });
  const late = await refusal(changePromotion(ctx, { id, version: 1, ...CONTENT, title: 'Иначе' }));
  expect(late).toBeInstanceOf(VersionConflict);
  expect(late).toMatchObject({ version: 2, changedBy: 'Ольга' });
});

test('a planned promotion is told of the day before, an ended one the day after: the calculation judges the moment', async () => {
  const ctx = await marketer();
  const brandId = await aBrand(ctx);
  const when = { from: '2026-12-01T00:00:00Z', to: '2026-12-02T00:00:00Z', weekdays: [], hours: null };
  const id = await aPromotion(ctx, { brandId, rules: { when } });
  const known = async (at: string) =>
    (await activePromotions(ctx, brandId, new Date(at))).promotions.map((promotion) => promotion.id);
  expect(await known('2026-11-29T23:59:59Z')).toEqual([]);
  expect(await known('2026-11-30T00:00:01Z')).toEqual([id]);
  expect(await known('2026-12-02T23:59:59Z')).toEqual([id]);
  expect(await known('2026-12-03T00:00:00Z')).toEqual([]);
  const phases = async (phase: 'PLANNED' | 'RUNNING' | 'ENDED') =>
    (await readPromotions(ctx, { brandId, phases: [phase] }, { limit: 10, after: null })).length;
  expect([await phases('PLANNED'), await phases('RUNNING'), await phases('ENDED')]).toEqual([1, 0, 0]);
});

test('what it names must be there before shoppers meet it', async () => {
  const ctx = await marketer();
  const brandId = await aBrand(ctx);
  const rules = promotionRules({
    when: { from: null, to: '2026-11-22T08:59:59Z', weekdays: [], hours: null },
    audience: {
      who: 'CHOSEN',
      tags: [],
      tiers: [],
      segmentIds: ['s-1'],
      except: { tags: [], segmentIds: ['s-2'] },
    },
    conditions: [{ kind: 'PROMO_CODE' }],
    benefits: [{ kind: 'NEXT_CODE', poolId: '0190a000-0000-7000-8000-000000000000', validDays: 30 }],
  });
  const id = await createPromotion(ctx, { brandId, ...CONTENT, rules });
  const refused = await refusal(setPromotionState(ctx, { id, version: 1, state: 'LIVE' }));
  expect(refused).toBeInstanceOf(InvalidInput);
  expect((refused as InvalidInput).problems.map(({ path, code }) => `${path.join('.')} ${code}`)).toEqual([
    'rules.audience.segmentIds.0 UNKNOWN',
    'rules.audience.except.segmentIds.0 UNKNOWN',
    'rules.when.to RANGE',
    'rules.conditions.0 REQUIRED',
    'rules.benefits.0.poolId UNKNOWN',
  ]);
});

test('stores are those of the brand', async () => {
  const ctx = await marketer();
  const own = await aStore(ctx);
  const foreign = await aStore(ctx);
  const rules = promotionRules({ where: { storeIds: [own.id, foreign.id], channels: [] } });
  const refused = await refusal(createPromotion(ctx, { brandId: own.brandId, ...CONTENT, rules }));
  expect(refused).toMatchObject({
    problems: [{ path: ['rules', 'where', 'storeIds', '1'], code: 'UNKNOWN' }],
  });
});

test('only a draft is deleted; a copy is a draft of its own', async () => {
  const ctx = await marketer();
  const brandId = await aBrand(ctx);
  const live = await aPromotion(ctx, { brandId });
  expect(await refusal(deletePromotion(ctx, { id: live, version: 2 }))).toBeInstanceOf(PromotionStateRefused);
  const copy = await copyPromotion(ctx, { id: live, name: 'Копия' });
  expect(await row(copy)).toMatchObject({ name: 'Копия', state: 'DRAFT', revision: 1, priority: 2 });
  await deletePromotion(ctx, { id: copy, version: 1 });
  expect(await readPromotionsById(ctx, [copy])).toEqual([]);
});

test('groups follow each other as staff order them, and promotions move between them', async () => {
  const ctx = await marketer();
  const brandId = await aBrand(ctx);
  const first = await aPromotion(ctx, { brandId });
  const second = await aPromotion(ctx, { brandId });
  const best = await createGroup(ctx, { brandId, name: 'Что выгоднее', stacking: 'BEST' });
  const [standard] = await readGroups(ctx, { brandId });
  await orderGroups(ctx, { brandId, groupIds: [best, standard?.id ?? ''] });
  expect((await readGroups(ctx, { brandId })).map(({ name }) => name)).toEqual([
    'Что выгоднее',
    'Основные акции',
  ]);
  await orderPromotions(ctx, { groupId: standard?.id ?? '', version: 1, promotionIds: [second, first] });
  await orderPromotions(ctx, { groupId: best, version: 1, promotionIds: [first] });
  const { promotions } = await activePromotions(ctx, brandId);
  expect(promotions.map(({ id, groupId, priority }) => ({ id, groupId, priority }))).toEqual(
    [
      { id: first, groupId: best, priority: 1 },
      { id: second, groupId: standard?.id, priority: 1 },
    ].toSorted((one, other) => (one.id < other.id ? -1 : 1)),
  );
  expect(await refusal(deleteGroup(ctx, { id: best, version: 2 }))).toMatchObject({ promotions: 1 });
  expect(await refusal(deleteGroup(ctx, { id: standard?.id ?? '', version: 2 }))).toBeInstanceOf(
    PromotionGroupInUse,
  );
  await changeGroup(ctx, { id: best, version: 2, name: 'Лучшая', stacking: 'EXCLUSIVE_LINE' });
  expect((await activePromotions(ctx, brandId)).groups).toMatchObject([
    { id: best, stacking: 'EXCLUSIVE_LINE' },
    { id: standard?.id, stacking: 'SEQUENTIAL' },
  ]);
});

test('an order of the groups that leaves one out is refused', async () => {
  const ctx = await marketer();
  const brandId = await aBrand(ctx);
  await aPromotion(ctx, { brandId });
  const refused = await refusal(orderGroups(ctx, { brandId, groupIds: [] }));
  expect(refused).toMatchObject({ problems: [{ path: ['groupIds'], code: 'MISMATCH' }] });
});

test('a marketer of another brand neither sees nor changes it', async () => {
  const ctx = it.app.context();
  const brandId = await aBrand(ctx);
  const other = await aStore(ctx);
  const id = await aPromotion(ctx, { brandId });
  const stranger = asActor(ctx, await staffActor(ctx, ['MARKETER'], { brandId: other.brandId }));
  expect(await readPromotionsById(stranger, [id])).toEqual([]);
  const refused = await refusal(setPromotionState(stranger, { id, version: 2, state: 'PAUSED' }));
  expect(refused).toMatchObject({ problems: [{ path: ['id'], code: 'UNKNOWN' }] });
});

const CREATE = `mutation ($input: CreatePromotionInput!) { createPromotion(input: $input) {
  ... on PromotionSaved { promotion { id phase state version rules group { name isDefault } warnings { path kind value } } }
  ... on InvalidInput { problems { path code } } } }`;

test('over GraphQL stores and pools go by the ids of the API, unknown goods are a warning', async () => {
  const ctx = it.app.context();
  const store = await aStore(ctx);
  const { session } = await aSession(ctx, ['MARKETER']);
  const storeId = globalId('Store', store.id);
  const rules = promotionRules({
    where: { storeIds: [storeId], channels: ['STORE'] },
    benefits: [{ kind: 'PERCENT', rateBp: 1_000, goods: { only: { categories: ['Обувь/Домашняя'] } } }],
  });
  const input = { brandId: globalId('Brand', store.brandId), name: 'Тапки', title: 'Тапки −10 %', rules };
  const { data, errors } = await it.app.graphql({ query: CREATE, session, variables: { input } });
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    createPromotion: {
      promotion: {
        phase: 'DRAFT',
        version: 1,
        rules,
        group: { name: 'Основные акции', isDefault: true },
        warnings: [
          {
            path: ['benefits', '0', 'goods', 'only', 'categories', '0'],
            kind: 'CATEGORY',
            value: 'Обувь/Домашняя',
          },
        ],
      },
    },
  });
  const [row_] = await readPromotions(ctx, { brandId: store.brandId }, { limit: 1, after: null });
  expect(row_?.rules.where.storeIds).toEqual([store.id]);
});

test('who may only read offers cannot make one', async () => {
  const ctx = it.app.context();
  const { session } = await aSession(ctx, ['ANALYST']);
  const input = { brandId: globalId('Brand', await aBrand(ctx)), ...CONTENT };
  const answer = await it.app.graphql({ query: CREATE, session, variables: { input } });
  expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

const LIST = `query ($filter: PromotionFilter, $first: Int, $after: String) {
  promotions(filter: $filter, first: $first, after: $after) {
    edges { node { name phase startsAt } } pageInfo { hasNextPage endCursor } }
  promotionCounts(filter: $filter) { phase count } }`;

test('the list goes page by page and tells how many there are of each phase', async () => {
  const ctx = it.app.context();
  const brandId = await aBrand(ctx);
  const { session } = await aSession(ctx, ['ANALYST']);
  const when = { from: '2026-12-01T00:00:00Z', to: null, weekdays: [], hours: null };
  for (const name of ['Первая', 'Вторая']) {
    await aPromotion(ctx, { brandId, name });
    it.app.clock.advance(1_000);
  }
  await aPromotion(ctx, { brandId, name: 'Зимняя', rules: { when } });
  const variables = { filter: { brandId: globalId('Brand', brandId), phases: ['RUNNING'] }, first: 1 };
  const first = await it.app.graphql<{ promotions: { edges: unknown[]; pageInfo: { endCursor: string } } }>({
    query: LIST,
    session,
    variables,
  });
  expect(first.data).toMatchObject({
    promotions: { edges: [{ node: { name: 'Вторая', phase: 'RUNNING' } }], pageInfo: { hasNextPage: true } },
    promotionCounts: [
      { phase: 'DRAFT', count: 0 },
      { phase: 'PLANNED', count: 1 },
      { phase: 'RUNNING', count: 2 },
      { phase: 'PAUSED', count: 0 },
      { phase: 'ENDED', count: 0 },
    ],
  });
  const after = first.data?.promotions.pageInfo.endCursor;
  const second = await it.app.graphql({ query: LIST, session, variables: { ...variables, after } });
  expect(second.data).toMatchObject({
    promotions: { edges: [{ node: { name: 'Первая' } }], pageInfo: { hasNextPage: false } },
  });
});
